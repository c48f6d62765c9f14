import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Card, Field } from '../../core/view.ts';
import { createReader } from '../../i18n/reader.ts';
import { type Asked, noteView, renderForm, resultView } from './form.ts';
import { checkMessage, checkView } from './limits.ts';
import { renderCard, renderNote, renderOpener } from './render.ts';

const reader = createReader('en', 'Europe/Berlin', Date.UTC(2026, 10, 24, 9));

/* Machine-made strings are short; what people write may be anything. */
const anything = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '',
    ' ',
    '​',
    '<!channel>',
    '&'.repeat(5000),
    'س'.repeat(4000),
    '😀'.repeat(2000),
    'x'.repeat(40_000),
  ),
);
const id = fc.string({ unit: fc.constantFrom(...'abcdef0123456789'), minLength: 1, maxLength: 36 });
const tone = fc.constantFrom('neutral', 'good', 'warning', 'bad');
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const option = fc.record({ value: id, label: anything, description: maybe(anything) });
const optionList = fc.array(option, { maxLength: 5 });
const longChoice = fc
  .array(fc.record({ value: id, label: fc.string({ maxLength: 30 }) }), {
    minLength: 101,
    maxLength: 1000,
    size: 'max',
  })
  .map((options): Field => ({ kind: 'choice', name: 'room', label: 'Room', options }));
const action: fc.Arbitrary<unknown> = fc.oneof(
  fc.record({ kind: fc.constant('link'), label: anything, url: fc.webUrl() }),
  fc.record({
    kind: fc.constant('command'),
    label: anything,
    command: id,
    data: fc.dictionary(id, id, { maxKeys: 3 }),
    style: maybe(fc.constantFrom('primary', 'danger')),
    answer: maybe(fc.constantFrom('here', 'new')),
    confirm: maybe(fc.record({ title: anything, text: anything, yes: anything, no: anything })),
  }),
);
const cards = fc.record({
  layout: fc.constant('general'),
  tone,
  title: anything,
  badge: maybe(anything),
  banner: maybe(fc.record({ tone, text: anything })),
  text: maybe(fc.array(anything, { maxLength: 60 })),
  facts: maybe(fc.array(fc.record({ label: anything, value: anything }), { maxLength: 40 })),
  image: maybe(fc.record({ url: fc.webUrl(), alt: anything })),
  rows: maybe(
    fc.array(
      fc.record({
        title: anything,
        text: maybe(anything),
        tone: maybe(tone),
        badge: maybe(anything),
        actions: maybe(fc.array(action, { maxLength: 4 })),
      }),
      { maxLength: 80 },
    ),
  ),
  actions: maybe(fc.array(action, { maxLength: 30 })),
  footnote: maybe(anything),
}) as fc.Arbitrary<Card>;

const fieldOf = (kind: Field['kind'], more: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record({
    kind: fc.constant(kind),
    name: id,
    label: anything,
    hint: maybe(anything),
    error: maybe(anything),
    required: fc.boolean(),
    ...more,
  });
const fields = fc.uniqueArray(
  fc.oneof(
    fieldOf('text', {
      value: maybe(anything),
      maxLength: maybe(fc.integer({ min: 1, max: 9000 })),
      placeholder: maybe(anything),
    }),
    fieldOf('choice', {
      value: maybe(id),
      options: optionList,
      placeholder: maybe(anything),
      source: maybe(id),
    }),
    fieldOf('choices', { value: maybe(fc.array(id)), options: optionList, placeholder: maybe(anything) }),
    fieldOf('date', { value: maybe(anything) }),
    fieldOf('time', { value: maybe(id), options: optionList }),
    fieldOf('number', { value: maybe(anything), min: maybe(fc.nat()), max: maybe(fc.nat()) }),
    fieldOf('toggle', { value: maybe(fc.boolean()), text: anything }),
    fieldOf('people', { value: maybe(fc.array(id)), multiple: fc.boolean(), placeholder: maybe(anything) }),
  ),
  { maxLength: 12, selector: (field) => field.name },
) as unknown as fc.Arbitrary<Field[]>;
const forms = fc.record({
  title: anything,
  command: id,
  submit: anything,
  cancel: anything,
  data: fc.dictionary(id, id, { maxKeys: 10 }),
  banner: maybe(fc.record({ tone, text: anything })),
  fields: fc.tuple(longChoice, fields).map(([choice, others]) => [choice, ...others]),
}) as fc.Arbitrary<Asked>;

describe("[6.4] Slack's limits hold, whatever is shown", () => {
  test('cards, as messages and as the end of a form', () => {
    fc.assert(
      fc.property(cards, (any) => {
        expect(checkMessage(renderCard(any, reader))).toEqual([]);
        expect(checkView(resultView(any, reader))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test('forms', () => {
    fc.assert(
      fc.property(forms, (any) => expect(checkView(renderForm(any, 'en'))).toEqual([])),
      { numRuns: 40 },
    );
  });

  test('notes', () => {
    fc.assert(
      fc.property(anything, anything, (title, text) => {
        expect(checkMessage(renderNote('bad', text))).toEqual([]);
        expect(checkMessage(renderOpener(title, { say: 'book' }))).toEqual([]);
        expect(checkView(noteView(title, 'good', text, title))).toEqual([]);
      }),
    );
  });
});
