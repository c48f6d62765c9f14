import type { Answered } from '../../src/chat/ports.ts';
import type { Action, Card, CommandAction, Field, Form, Row, Values } from '../../src/core/view.ts';

/** The card that was answered; fails on any other answer, saying which. */
export function cardOf(answered: Answered | null): Card {
  if (answered?.answer.kind === 'card') return answered.answer.card;
  throw new Error(`not a card: ${JSON.stringify(answered?.answer)}`);
}

/** The form that was answered, fresh or come back. */
export function formOf(answered: Answered | null): Form {
  const answer = answered?.answer;
  if (answer?.kind === 'form' || answer?.kind === 'invalid') return answer.form;
  throw new Error(`not a form: ${JSON.stringify(answer)}`);
}

/** The sentence that was answered. */
export function noteOf(answered: Answered | null): string {
  if (answered?.answer.kind === 'note') return answered.answer.text;
  throw new Error(`not a note: ${JSON.stringify(answered?.answer)}`);
}

/** What is wrong, by field, in a form that came back. */
export function errorsOf(answered: Answered): Record<string, string> {
  if (answered.answer.kind !== 'invalid') throw new Error(`not refused: ${JSON.stringify(answered.answer)}`);
  return Object.fromEntries(
    answered.answer.form.fields.flatMap((it) => (it.error === undefined ? [] : [[it.name, it.error]])),
  );
}

export function fieldOf(form: Form, name: string): Field {
  const field = form.fields.find((it) => it.name === name);
  if (!field) throw new Error(`no field ${name} in ${form.title}`);
  return field;
}

/** What an untouched form would send: the values it holds. */
export const valuesOf = (form: Form): Values =>
  Object.fromEntries(
    form.fields.flatMap((field) => (field.value === undefined ? [] : [[field.name, field.value]])),
  );

/** Everything that a card says, a line each. */
export function textOf(card: Card): string {
  const rows = (card.rows ?? []).flatMap((row) => [row.title, row.text ?? '', row.badge ?? '']);
  return [
    card.banner?.text ?? '',
    card.title,
    card.badge ?? '',
    ...(card.text ?? []),
    ...(card.facts ?? []).map((fact) => `${fact.label}: ${fact.value}`),
    ...rows,
    card.footnote ?? '',
  ]
    .filter(Boolean)
    .join('\n');
}

export function rowOf(card: Card, title: string): Row {
  const row = card.rows?.find((it) => it.title.includes(title));
  if (!row) throw new Error(`no row ${title} in:\n${textOf(card)}`);
  return row;
}

export const labelsOf = (of: { actions?: Action[] }): string[] => (of.actions ?? []).map((it) => it.label);

/** The button of that label, of a card or of one of its rows. */
export function buttonOf(of: { actions?: Action[] }, label: string): CommandAction {
  const action = (of.actions ?? []).find((it) => it.label === label);
  if (action?.kind !== 'command') throw new Error(`no button ${label} among ${labelsOf(of).join(', ')}`);
  return action;
}
