import type { PersonId } from '../../core/ids.ts';
import type { Refusal } from '../../core/refusal.ts';
import type { Role } from '../../core/rights.ts';
import { toLocal } from '../../core/time.ts';
import type { Action, Card, Fact, Field, Form, Row } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import type { AbsenceField, AbsenceProblems, TypedDays } from './domain.ts';
import type { Substitution } from './store.ts';

export type NameOf = (person: PersonId) => string;

/** Rooms of one site that have the same reviewers. */
export type Group = { site: string; reviewers: PersonId[]; rooms: string[] };

export type Duties = {
  absences: Substitution[];
  groups: Group[];
  holders: Array<{ role: Role; people: PersonId[] }>;
  page: number;
  pages: number;
  /** Those of the absences that whoever looks may end. */
  mine(it: Substitution): boolean;
  nameOf: NameOf;
};

/** First and last day of an absence on the reader's clock. */
const daysOf = (reader: Reader, { from, until }: Pick<Substitution, 'from' | 'until'>) => ({
  first: { day: toLocal(from, reader.zone).date },
  last: { day: toLocal(until - 1, reader.zone).date },
});

/** `/duties`: who reviews which rooms, who has which role, who is away and who stands in (7.1). */
export function dutiesCard(reader: Reader, duties: Duties, banner?: Card['banner']): Card {
  const { absences, groups, page, pages, nameOf } = duties;
  const turn = (to: number, label: string): Action => ({
    kind: 'command',
    label,
    command: 'duties.show',
    data: { page: String(to) },
  });
  return {
    layout: 'list',
    tone: 'neutral',
    title: reader.t('duties.title'),
    ...(banner ? { banner } : {}),
    ...(groups.length === 0 && absences.length === 0 ? { text: [reader.t('duties.nobody')] } : {}),
    facts: duties.holders.map(
      ({ role, people }): Fact => ({
        label: reader.t(`people.role.${role}`),
        value: people.length > 0 ? reader.list(people.map(nameOf)) : reader.t('duties.none'),
      }),
    ),
    rows: [
      ...absences.map((it) => absenceRow(reader, it, duties)),
      ...groups.map(
        ({ site, reviewers, rooms }): Row => ({
          title: reader.t('duties.group', { site, names: reader.list(reviewers.map(nameOf)) }),
          text: reader.list(rooms),
        }),
      ),
    ],
    actions: [
      { kind: 'command', label: reader.t('duties.open'), command: 'duties.open', data: {}, answer: 'new' },
      ...(page > 1 ? [turn(page - 1, reader.t('common.previous'))] : []),
      ...(page < pages ? [turn(page + 1, reader.t('common.next'))] : []),
    ],
    ...(pages > 1 ? { footnote: reader.t('common.page', { page, pages }) } : {}),
  };
}

function absenceRow(reader: Reader, it: Substitution, { mine, nameOf }: Duties): Row {
  const begun = it.from <= reader.now;
  const figures = { name: nameOf(it.person), ...daysOf(reader, it) };
  return {
    title: reader.t(begun ? 'duties.away' : 'duties.planned', figures),
    text: reader.t('duties.standsIn', { name: nameOf(it.substitute) }),
    tone: begun ? 'warning' : 'neutral',
    ...(mine(it) ? { actions: [endAction(reader, it, nameOf)] } : {}),
  };
}

const endAction = (reader: Reader, it: Substitution, nameOf: NameOf): Action => ({
  kind: 'command',
  label: reader.t('duties.end'),
  command: 'duties.end',
  data: { substitution: it.id },
  style: 'danger',
  confirm: {
    title: reader.t('duties.end'),
    text: reader.t('duties.endConfirm', { name: nameOf(it.person), other: nameOf(it.substitute) }),
    yes: reader.t('duties.end'),
    no: reader.t('common.no'),
  },
});

export const savedText = (reader: Reader, it: Substitution, nameOf: NameOf): string =>
  reader.t('duties.saved', { name: nameOf(it.substitute), ...daysOf(reader, it) });

/** Why an absence can't be entered: of one person no two overlap. */
export const overlapRefusal = (
  reader: Reader,
  overlap: Pick<Substitution, 'from' | 'until' | 'substitute'>,
  nameOf: NameOf,
): Refusal => ({
  key: 'duties.wrong.overlap',
  figures: { ...daysOf(reader, overlap), other: nameOf(overlap.substitute) },
  clause: '7.1',
  field: 'from',
});

export type TypedAbsence = TypedDays & { token: string; person: PersonId[]; substitute: PersonId[] };

/** The form of `/duties away`; admins may enter it for others. */
export function absenceForm(
  reader: Reader,
  typed: TypedAbsence,
  { admin, problems }: { admin: boolean; problems?: AbsenceProblems },
): Form {
  const at = (name: AbsenceField) => {
    const problem = problems?.[name];
    return {
      name,
      label: reader.t(`duties.form.${name}`),
      ...(problem ? { error: reader.refusal(problem) } : {}),
    };
  };
  const date = (name: 'from' | 'until'): Field => ({
    kind: 'date',
    ...at(name),
    required: true,
    ...(typed[name] ? { value: typed[name] } : {}),
    min: toLocal(reader.now, reader.zone).date,
  });
  return {
    layout: 'form',
    title: reader.t('duties.form.title'),
    command: 'duties.save',
    submit: reader.t('duties.form.submit'),
    cancel: reader.t('common.cancel'),
    data: { token: typed.token },
    banner: { tone: 'neutral', text: reader.t('duties.form.text') },
    fields: [
      ...(admin
        ? [
            {
              kind: 'people',
              ...at('person'),
              hint: reader.t('duties.form.personHint'),
              value: typed.person,
              multiple: false,
            } satisfies Field,
          ]
        : []),
      date('from'),
      date('until'),
      { kind: 'people', ...at('substitute'), required: true, value: typed.substitute, multiple: false },
    ],
  };
}

export const dutyNews = ['substitute', 'away', 'ended'] as const;
export type DutyNews = (typeof dutyNews)[number];

/** Tells those whom an absence concerns. */
export function newsCard(reader: Reader, it: Substitution, news: DutyNews, nameOf: NameOf): Card {
  const figures = {
    name: nameOf(it.person),
    other: nameOf(it.substitute),
    by: nameOf(it.by),
    ...daysOf(reader, it),
  };
  return {
    layout: 'notice',
    tone: news === 'ended' ? 'neutral' : 'warning',
    title: reader.t(`duties.news.${news}`, figures),
    text: [reader.t(`duties.news.${news}Text`, figures)],
    ...(news === 'away' ? { actions: [endAction(reader, it, nameOf)] } : {}),
  };
}
