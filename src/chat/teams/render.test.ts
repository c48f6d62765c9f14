import { describe, expect, test } from '@jest/globals';
import { buttonsOf, inputValue, textOf } from '../../../test/support/teams-card.ts';
import { parserProblems } from '../../../test/support/teams-parser.ts';
import type { Card, CommandAction, Field, Form } from '../../core/view.ts';
import { translate } from '../../i18n/translate.ts';
import { type CardJson, checkCard } from './limits.ts';
import { type RenderOptions, renderCard, renderForm, renderNote } from './render.ts';
import { layoutNames } from './templates.ts';

let tokens = 0;
const options: RenderOptions = {
  reader: { language: 'en', t: (key) => translate('en', key) },
  token: () => `token-${tokens++}`,
  names: new Map([['user-ann', 'Ann']]),
};

const problemsOf = (json: CardJson): string[] => [...checkCard(json), ...parserProblems(json)];

const button = (label: string, other: Partial<CommandAction> = {}): CommandAction => ({
  kind: 'command',
  label,
  command: 'booking.withdraw',
  data: { booking: '7' },
  ...other,
});

const card: Card = {
  layout: 'card',
  tone: 'warning',
  title: 'Design review',
  badge: 'Waiting',
  banner: { tone: 'bad', text: 'Somebody else was first' },
  text: ['One\nTwo'],
  facts: [{ label: 'Room', value: 'Aurora' }],
  image: { url: 'https://example.org/plan.png', alt: 'Floor plan' },
  rows: [
    { title: '09:00', text: 'Sales weekly', badge: 'Approved', tone: 'good', actions: [button('Open')] },
  ],
  actions: [button('Withdraw', { style: 'danger', answer: 'new' })],
  footnote: 'Rule 2.2',
};

const fields: Field[] = [
  {
    kind: 'text',
    name: 'topic',
    label: 'Topic',
    required: true,
    value: 'Retro',
    maxLength: 150,
    error: 'Too vague',
  },
  {
    kind: 'choice',
    name: 'room',
    label: 'Room',
    source: 'rooms',
    value: 'a',
    options: [{ value: 'a', label: 'Aurora' }],
  },
  {
    kind: 'choices',
    name: 'kit',
    label: 'Equipment',
    value: ['p,1'],
    options: [{ value: 'p,1', label: 'Projector' }],
  },
  { kind: 'date', name: 'date', label: 'Date', value: '2026-11-24', min: '2026-11-24' },
  {
    kind: 'time',
    name: 'start',
    label: 'Start',
    value: '15:00',
    options: [{ value: '15:00', label: '15:00' }],
  },
  { kind: 'number', name: 'heads', label: 'Headcount', value: '8', min: 1 },
  { kind: 'toggle', name: 'secret', label: 'Confidential', text: 'Show only that it is busy', value: true },
  { kind: 'people', name: 'who', label: 'Attendees', value: ['user-ann', 'user-ben'], multiple: true },
];
const form: Form = {
  layout: 'form',
  title: 'Book a room',
  command: 'booking.request',
  submit: 'Send',
  cancel: 'Cancel',
  data: { token: 'form-1' },
  fields,
};

describe('cards', () => {
  test.each(layoutNames.card.filter((name) => name !== 'note'))(
    '[2.2] the layout %s shows every part of a card',
    (layout) => {
      const json = renderCard({ ...card, layout }, options);
      expect(problemsOf(json)).toEqual([]);
      const parts = [
        'Design review',
        'Waiting',
        'Somebody else was first',
        'One',
        'Two',
        'Room',
        'Aurora',
        'Floor plan',
      ];
      const more = ['09:00', 'Sales weekly', 'Approved', 'Open', 'Withdraw', 'Rule 2.2'];
      expect(textOf(json).split('\n')).toEqual(expect.arrayContaining([...parts, ...more]));
      expect(json.fallbackText).toBe('Design review · Waiting');
    },
  );

  test('[2.2] a layout that there is no template for uses the general one', () => {
    expect(textOf(renderCard({ ...card, layout: 'unheard-of' }, options))).toContain('Design review');
  });

  test('[2.2] reasons are asked for in the card, under names of their own for each button', () => {
    const ask = {
      title: 'Why?',
      submit: 'Reject',
      cancel: 'Cancel',
      fields: [{ kind: 'text' as const, name: 'reason', label: 'Reason', required: true }],
    };
    const rows = ['A', 'B'].map((title) => ({ title, actions: [button('Reject', { ask })] }));
    const json = renderCard({ ...card, rows }, options);
    expect(problemsOf(json)).toEqual([]);
    expect(JSON.stringify(json).match(/"id":"a\d\.reason"/g)).toEqual([
      '"id":"a0.reason"',
      '"id":"a1.reason"',
    ]);
  });

  test('[2.2] a question is put before the command is sent', () => {
    const confirm = { title: 'Withdraw?', text: 'The room becomes free.', yes: 'Yes, withdraw', no: 'Keep' };
    const json = JSON.stringify(renderCard({ ...card, actions: [button('Withdraw', { confirm })] }, options));
    expect(json).toContain('Action.ShowCard');
    expect(json).toContain('Yes, withdraw');
  });

  test('[2.2] more than six buttons go to the overflow menu', () => {
    const json = renderCard(
      { ...card, actions: Array.from({ length: 9 }, (_, i) => button(`B${i}`)) },
      options,
    );
    expect(problemsOf(json)).toEqual([]);
    expect(buttonsOf(json)).toEqual(expect.arrayContaining(['B0', 'B8']));
  });

  test('[6.4] only web addresses are opened or shown', () => {
    const url = 'javascript:alert(1)';
    const json = renderCard(
      { ...card, image: { url, alt: 'x' }, actions: [{ kind: 'link', label: 'Join', url }] },
      options,
    );
    expect(JSON.stringify(json)).not.toContain('javascript');
    expect(problemsOf(json)).toEqual([]);
  });

  test.each([
    '**bold** [link](https://evil.example) <img src=x onerror=alert(1)>',
    `${'$'}{title} ${'$'}{$root.actionSets} ${'$'}{if(true, 1, 2)}`,
    '@everyone <at>Ann</at> <!channel>',
    'مرحبا بالعالم ‮abc 👩‍👩‍👧‍👦',
    '\\ " \' ` \u2028 {{name}} $when',
  ])('[3.5] %s shows as typed, in every place', (text) => {
    const typed: Card = {
      layout: 'booking',
      tone: 'neutral',
      title: text,
      badge: text,
      banner: { tone: 'bad', text },
      text: [text],
      facts: [{ label: text, value: text }],
      rows: [{ title: text, text }],
      footnote: text,
    };
    const json = renderCard(typed, options);
    expect(problemsOf(json)).toEqual([]);
    expect(
      textOf(json)
        .split('\n')
        .filter((line) => line === text),
    ).toHaveLength(9);
    expect(json).not.toHaveProperty('msteams.entities');
  });

  test('[3.5] functions of the client in what people typed are not carried out', () => {
    const json = renderNote('bad', 'See {{DATE(2026-01-01T00:00:00Z)}} and {{time(x)}}', options);
    expect(textOf(json)).toBe('See {\u200b{DATE(2026-01-01T00:00:00Z)}} and {\u200b{time(x)}}');
    expect(checkCard(json)).toEqual([]);
  });
});

describe('forms', () => {
  test.each(layoutNames.form)(
    '[2.1] the form %s has every field with its label, value and error',
    (layout) => {
      const json = renderForm({ ...form, layout, banner: { tone: 'bad', text: 'Look below' } }, options);
      expect(problemsOf(json)).toEqual([]);
      expect(textOf(json).split('\n')).toEqual(
        expect.arrayContaining([...fields.map(({ label }) => label), 'Too vague', 'Look below']),
      );
      const values = Object.fromEntries(fields.map(({ name }) => [name, inputValue(json, name)]));
      expect(values).toEqual({
        topic: 'Retro',
        room: 'a',
        kit: 'p%2C1',
        date: '2026-11-24',
        start: '15:00',
        heads: 8,
        secret: 'true',
        who: 'user-ann,user-ben',
      });
    },
  );

  test('[2.1] a client that forgets whom its picker holds shows them beside it', () => {
    const json = renderForm(form, { ...options, lookups: false });
    expect(problemsOf(json)).toEqual([]);
    expect(inputValue(json, 'who.kept')).toBe('user-ann,user-ben');
    expect(inputValue(json, 'who')).toBeUndefined();
    expect(JSON.stringify(json)).not.toContain('"dataset":"rooms"');
  });

  test('[2.1] a thousand options are cut to what fits, never the chosen one', () => {
    const many = Array.from({ length: 1000 }, (_, i) => ({ value: `room-${i}`, label: `Room ${i} 會議室` }));
    const field: Field = {
      kind: 'choice',
      name: 'room',
      label: 'Room',
      options: many,
      value: 'room-999',
      source: 'rooms',
    };
    const json = renderForm({ ...form, fields: [field, { ...field, name: 'other' }] }, options);
    expect(problemsOf(json)).toEqual([]);
    expect(JSON.stringify(json)).toContain('"title":"Room 999 會議室"');
    expect(JSON.stringify(json)).toContain('"dataset":"rooms"');
  });

  test('[2.1] what was typed is kept whole where anything else can be cut', () => {
    const note = '長'.repeat(3000);
    const rest: Field[] = Array.from({ length: 8 }, (_, i) => ({
      kind: 'text',
      name: `f${i}`,
      label: 'x'.repeat(900),
    }));
    const many = Array.from({ length: 300 }, (_, i) => ({ value: `v${i}`, label: `option ${i}` }));
    const json = renderForm(
      {
        ...form,
        fields: [
          { kind: 'text', name: 'note', label: 'Note', value: note },
          { kind: 'choice', name: 'c', label: 'C', options: many },
          ...rest,
        ],
      },
      options,
    );
    expect(problemsOf(json)).toEqual([]);
    expect(inputValue(json, 'note')).toBe(note);
  });

  test('[2.1] a time that is not among the options is offered all the same', () => {
    const json = renderForm(
      { ...form, fields: [{ kind: 'time', name: 'start', label: 'Start', value: '15:05', options: [] }] },
      options,
    );
    expect(JSON.stringify(json)).toContain('"choices":[{"title":"15:05","value":"15:05"}]');
  });
});
