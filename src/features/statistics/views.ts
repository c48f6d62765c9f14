import type { Action, Card, Fact, Form, Option, Picture } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import { type Room, roomOption } from '../rooms/index.ts';
import { anything, type Choice, type TypedChoice, typedOf } from './choice.ts';
import { type Period, type Statistics, share } from './domain.ts';
import { type Exhibit, type ExhibitName, exhibit } from './exhibits.ts';
import { percent, roughly } from './wording.ts';

/** As many lines as a card holds with ease. */
const mostRows = 20;

/** `Sun, Nov 1, 2026 – Mon, Nov 30, 2026 · Berlin` */
export function aboutText(reader: Reader, period: Period, scope: readonly string[]): string {
  return reader.t('statistics.about', {
    from: { day: period.from },
    until: { day: period.until },
    scope: scope.join(' · ') || reader.t('statistics.all'),
  });
}

/** The key numbers of a period, and the way to each part (2.8). */
export const statisticsCard = (
  reader: Reader,
  it: {
    choice: Choice;
    about: string;
    statistics: Statistics;
    exhibits: readonly ExhibitName[];
    image: Picture | null;
  },
): Card => ({
  layout: 'list',
  tone: 'neutral',
  title: reader.t('statistics.title'),
  text: [it.about],
  facts: keyFacts(reader, it.statistics),
  ...(it.image ? { image: it.image } : {}),
  rows: it.exhibits.map((name) => ({
    title: reader.t(`statistics.picture.${name}`),
    text: exhibit(reader, it.statistics, name).says,
    actions: [toExhibit(reader, it.choice, name)],
  })),
  actions: [
    {
      kind: 'command',
      label: reader.t('statistics.change'),
      command: 'statistics.form',
      data: typedOf(it.choice),
      style: 'primary',
      answer: 'new',
    },
    {
      kind: 'command',
      label: reader.t('statistics.file.button'),
      command: 'statistics.file',
      data: { ...typedOf(it.choice), format: 'xlsx' },
      answer: 'new',
    },
  ],
});

const toExhibit = (reader: Reader, choice: Choice, name: ExhibitName): Action => ({
  kind: 'command',
  label: reader.t('statistics.show'),
  command: 'statistics.picture',
  data: { ...typedOf(choice), picture: name },
  answer: 'new',
});

/** The key numbers of a period. */
export function keyFacts(reader: Reader, statistics: Statistics): Fact[] {
  const { rooms, outcomes, lead, decision, headcount, refused } = statistics;
  const sum = (part: 'open' | 'used') => rooms.reduce((total, room) => total + room[part], 0);
  const median = (minutes: number | null) =>
    minutes === null
      ? reader.t('statistics.none')
      : reader.t('statistics.value.median', { time: roughly(reader, minutes) });
  const { cancelled: early, cancelledLate: late, rejected, withdrawn, expired, requested } = outcomes;
  const values = {
    use: reader.t('statistics.value.use', { share: percent(reader, share(sum('used'), sum('open'))) }),
    bookings: String(outcomes.approved),
    lead: median(lead.median),
    decision: median(decision.median),
    cancelled: reader.t('statistics.value.cancelled', { early, late }),
    ended: reader.t('statistics.value.ended', { rejected, withdrawn, expired, requested }),
    headcount: reader.t('statistics.value.headcount', {
      share: percent(reader, share(headcount.people, headcount.seats)),
    }),
    refused: reader.t('statistics.value.refused', { count: refused.total }),
  };
  return (Object.keys(values) as Array<keyof typeof values>).map((name) => ({
    label: reader.t(`statistics.fact.${name}`),
    value: values[name],
  }));
}

/** One part of the statistics: its picture, and the same as a table. */
export const exhibitCard = (
  reader: Reader,
  it: { choice: Choice; about: string; name: ExhibitName; shown: Exhibit; image: Picture | null },
): Card => {
  const more = it.shown.table.length - mostRows;
  return {
    layout: 'list',
    tone: 'neutral',
    title: reader.t(`statistics.picture.${it.name}`),
    text: [it.about, it.shown.says],
    ...(it.image ? { image: it.image } : {}),
    rows: it.shown.table.slice(0, mostRows),
    actions: [
      {
        kind: 'command',
        label: reader.t('statistics.back'),
        command: 'statistics.show',
        data: typedOf(it.choice),
      },
    ],
    ...(more > 0 ? { footnote: reader.t('statistics.more', { count: more }) } : {}),
  };
};

/** What a picture shows, for whoever can't see it. */
export const altText = (reader: Reader, name: ExhibitName, about: string, { says }: Exhibit): string =>
  reader.t('statistics.alt', { title: reader.t(`statistics.picture.${name}`), about, says });

/** What is wrong with what was typed, by field. */
export type ChoiceProblems = Partial<Record<keyof TypedChoice, string>>;

/** What to see: period, site, room and, for those who may, department. */
export function choiceForm(
  reader: Reader,
  it: {
    token: string;
    typed: TypedChoice;
    sites: readonly string[];
    rooms: readonly Room[];
    /** Null: this reader may not tell departments apart. */
    departments: readonly string[] | null;
    problems?: ChoiceProblems;
  },
): Form {
  const at = (name: keyof TypedChoice) => {
    const error = it.problems?.[name];
    return { name, label: reader.t(`statistics.form.${name}`), ...(error ? { error } : {}) };
  };
  const all: Option = { value: anything, label: reader.t('statistics.form.any') };
  const named = (names: readonly string[]): Option[] => [
    all,
    ...names.map((name) => ({ value: name, label: name })),
  ];
  const { from, until, site, room, department } = it.typed;
  return {
    layout: 'settings',
    title: reader.t('statistics.form.title'),
    command: 'statistics.show',
    submit: reader.t('statistics.form.submit'),
    cancel: reader.t('common.cancel'),
    data: { token: it.token },
    fields: [
      { kind: 'date', ...at('from'), value: from, required: true },
      { kind: 'date', ...at('until'), value: until, required: true },
      { kind: 'choice', ...at('site'), value: site || anything, options: named(it.sites) },
      {
        kind: 'choice',
        ...at('room'),
        value: room || anything,
        source: 'countedRooms',
        options: [all, ...it.rooms.map((room) => roomOption(reader, room))],
      },
      ...(it.departments && it.departments.length > 0
        ? [
            {
              kind: 'choice' as const,
              ...at('department'),
              value: department || anything,
              options: named(it.departments),
            },
          ]
        : []),
    ],
  };
}
