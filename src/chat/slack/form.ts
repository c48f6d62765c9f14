import type { types } from '@slack/bolt';
import type { Card, Field, Form, Tone } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import { inputOf } from './inputs.ts';
import { limits } from './limits.ts';
import { context, renderResult, section } from './render.ts';
import { plain, toned } from './text.ts';
import { encodeForm, type From } from './wire.ts';

/** What a form shows: a feature's form, or what a button asks for before it sends its command. */
export type Asked = Pick<Form, 'title' | 'submit' | 'cancel' | 'fields' | 'command'> & {
  data: Record<string, string>;
  banner?: Form['banner'];
};

/**
 * A form as a modal. What is wrong with a field is said below it.
 * @param from where it was opened: its answer belongs there
 * @throws RangeError where the form's data is longer than Slack allows
 */
export function renderForm(form: Asked, language: Reader['language'], from: From = {}): types.ModalView {
  const { command, data } = form;
  return {
    type: 'modal',
    callback_id: 'form',
    ...titled(form.title),
    submit: plain(form.submit, limits.viewButton),
    close: plain(form.cancel, limits.viewButton),
    private_metadata: encodeForm({ command, data, language, ...from }),
    blocks: [
      ...fullTitle(form.title),
      ...(form.banner ? [section(toned(form.banner.tone, form.banner.text))] : []),
      ...form.fields.flatMap(fieldBlocks),
    ],
  };
}

/** How a form ended: the card it led to, without buttons. */
export const resultView = (card: Card, reader: Reader): types.ModalView => ({
  type: 'modal',
  ...titled(card.title),
  close: plain(reader.t('chat.close'), limits.viewButton),
  blocks: renderResult(card, reader),
});

/** A sentence in the place of a form. `close`: the button's text; without it, Slack's own. */
export const noteView = (title: string, tone: Tone, text: string, close?: string): types.ModalView => ({
  type: 'modal',
  ...titled(title),
  ...(close && { close: plain(close, limits.viewButton) }),
  blocks: [...fullTitle(title), section(toned(tone, text))],
});

const titled = (title: string) => ({ title: plain(title, limits.viewTitle) });

const fullTitle = (title: string): types.SectionBlock[] =>
  title.length > limits.viewTitle ? [section(title)] : [];

function fieldBlocks(field: Field): types.KnownBlock[] {
  const element = inputOf(field);
  const input: types.KnownBlock = element
    ? {
        type: 'input',
        block_id: field.name,
        label: plain(field.label, limits.inputLabel),
        optional: !field.required,
        element,
        ...hintOf(field),
      }
    : section(`${field.label}\n–`);
  return field.error ? [input, context(toned('warning', field.error))] : [input];
}

function hintOf(field: Field): { hint?: types.PlainTextElement } {
  // A toggle's text has less room in Slack than elsewhere: where it was cut, it is said in full below.
  const full = field.kind === 'toggle' && field.text.length > limits.optionText ? field.text : '';
  const hint = [full, field.hint].filter(Boolean).join('\n');
  return hint ? { hint: plain(hint, limits.hint) } : {};
}
