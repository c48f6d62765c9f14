import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parserProblems } from '../../../test/support/teams-parser.ts';
import type { Card, CommandAction, Field, Form } from '../../core/view.ts';
import { translate } from '../../i18n/translate.ts';
import { bytesOf, type CardJson, checkCard, maxBytes } from './limits.ts';
import { type RenderOptions, renderCard, renderForm } from './render.ts';
import { layoutNames } from './templates.ts';

const options: RenderOptions = {
  reader: { language: 'en', t: (key) => translate('en', key) },
  token: () => 'token',
};
const problemsOf = (json: CardJson): string[] => [...checkCard(json), ...parserProblems(json)];
const form: Omit<Form, 'fields' | 'title' | 'layout'> = {
  command: 'booking.request',
  submit: 'Send',
  cancel: 'Cancel',
  data: { token: 'form-1' },
};

describe('whatever is shown', () => {
  const nasty = [`${'$'}{x}`, '**a**', '{{DATE(1)}}', '👩‍👩‍👧‍👦', 'مرحبا', '\ud800', '會議', '\n', ' '];
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.array(fc.constantFrom(...nasty), { maxLength: 6 }).map((parts) => parts.join('')),
    fc.integer({ min: 1, max: 3000 }).map((length) => '漢'.repeat(length)),
  );
  const label = text.map((it) => `L${it}`);
  const tone = fc.constantFrom('neutral', 'good', 'warning', 'bad');
  const some = <T>(of: fc.Arbitrary<T>, maxLength: number) => fc.array(of, { maxLength, size: 'max' });
  const option = fc.record({ value: fc.uuid(), label });
  const manyOptions = fc.oneof(
    some(option, 8),
    option.map((one) => Array.from({ length: 1000 }, (_, i) => ({ ...one, value: `${one.value}${i}` }))),
  );
  const base = { label, hint: text, error: text, required: fc.boolean() };
  const field = fc.oneof(
    fc.record({
      ...base,
      kind: fc.constant('text' as const),
      value: text,
      placeholder: text,
      multiline: fc.boolean(),
    }),
    fc.record({
      ...base,
      kind: fc.constant('choice' as const),
      options: manyOptions,
      source: fc.constant('rooms'),
    }),
    fc.record({ ...base, kind: fc.constant('choices' as const), options: some(option, 20) }),
    fc.record({ ...base, kind: fc.constant('date' as const) }),
    fc.record({ ...base, kind: fc.constant('number' as const), value: text }),
    fc.record({ ...base, kind: fc.constant('time' as const), options: manyOptions }),
    fc.record({ ...base, kind: fc.constant('toggle' as const), text: label }),
    fc.record({ ...base, kind: fc.constant('people' as const), value: some(fc.uuid(), 10) }),
  );
  const named = (all: object[]): Field[] => all.map((one, i) => ({ ...one, name: `field${i}` })) as Field[];
  const action = fc.record({
    kind: fc.constant('command' as const),
    label,
    command: fc.constant('a.b'),
    data: fc.dictionary(fc.string({ maxLength: 8 }), fc.string({ maxLength: 30 }), { maxKeys: 3 }),
    style: fc.constantFrom('primary' as const, 'danger' as const),
  });
  const asking = fc.tuple(action, label, fc.array(field, { maxLength: 2 })).map(
    ([of, title, asked]): CommandAction => ({
      ...of,
      ask: { title, submit: title, cancel: title, fields: named(asked) },
    }),
  );
  const actions = some(fc.oneof(action, asking), 8);

  test('[2.1] a card of any content keeps the limits and satisfies the parser', () => {
    const anyCard: fc.Arbitrary<Card> = fc.record({
      layout: fc.constantFrom(...layoutNames.card),
      tone,
      title: label,
      badge: text,
      banner: fc.record({ tone, text }),
      text: some(text, 10),
      facts: some(fc.record({ label: text, value: text }), 30),
      rows: some(fc.record({ title: text, text, badge: text, tone, actions: some(action, 3) }), 60),
      actions,
      footnote: text,
    });
    fc.assert(
      fc.property(anyCard, (of) => {
        expect(problemsOf(renderCard(of, options))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  test('[2.1] a form of any content keeps the limits and satisfies the parser', () => {
    const anyForm = fc.record({
      layout: fc.constantFrom(...layoutNames.form),
      title: label,
      fields: some(field, 15),
      submit: label,
    });
    fc.assert(
      fc.property(anyForm, ({ fields: all, ...of }) => {
        const json = renderForm({ ...form, ...of, fields: named(all) }, options);
        expect(problemsOf(json)).toEqual([]);
        expect(bytesOf(json)).toBeLessThanOrEqual(maxBytes);
      }),
      { numRuns: 150 },
    );
  });
});
