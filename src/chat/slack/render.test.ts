import { describe, expect, test } from '@jest/globals';
import type { Action, Card, Field, Option } from '../../core/view.ts';
import { createReader } from '../../i18n/reader.ts';
import { type Asked, renderForm, resultView } from './form.ts';
import { checkMessage } from './limits.ts';
import { renderCard } from './render.ts';
import { decodeButton, decodeForm } from './wire.ts';

const reader = createReader('en', 'Europe/Berlin', Date.UTC(2026, 10, 24, 9));
const card: Card = {
  layout: 'approval',
  tone: 'warning',
  title: 'Booking A-12',
  badge: 'Waiting',
  facts: [
    { label: 'Room', value: 'Atlas' },
    { label: 'Topic', value: 'Roadmap' },
  ],
  actions: [
    { kind: 'command', label: 'Approve', command: 'approval.approve', data: { id: 'b1' }, style: 'primary' },
    { kind: 'link', label: 'Join', url: 'https://example.org/j' },
  ],
};

/** Every string that Slack shows, however deep. */
const shown = (value: unknown): string[] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([key, part]) =>
        key === 'text' && typeof part === 'string' ? [part] : shown(part),
      );

describe('[2.2] a card', () => {
  test('shows title, state, facts and buttons', () => {
    const { blocks } = renderCard(card, reader);
    expect(blocks.map((block) => block.type)).toEqual(['header', 'rich_text', 'actions']);
    expect(shown(blocks)).toEqual(
      expect.arrayContaining(['⚠️ Booking A-12 · Waiting', 'Room', '  Atlas', 'Approve', 'Join']),
    );
  });

  test('says the same to screen readers and in notifications', () => {
    expect(renderCard(card, reader).text).toBe('⚠️ Booking A-12 · Waiting\nRoom: Atlas\nTopic: Roadmap');
  });

  test('its button carries command and data', () => {
    const [button] = renderCard(card, reader).blocks.flatMap((block) =>
      block.type === 'actions' ? block.elements : [],
    );
    const value = button?.type === 'button' ? button.value : '';
    expect(decodeButton(value)).toEqual({ command: 'approval.approve', data: { id: 'b1' } });
  });

  test('too long for one message: it is cut between rows, says so, and keeps its buttons', () => {
    const rows = Array.from({ length: 100 }, (_, index) => ({
      title: `Room ${index}`,
      actions: card.actions ?? [],
    }));
    const { blocks } = renderCard({ ...card, rows }, reader);
    expect(checkMessage({ text: 'x', blocks })).toEqual([]);
    expect(shown(blocks)).toContain('… and more');
    expect(blocks.at(-1)?.type).toBe('actions');
    expect(blocks.at(-2)?.type).toBe('context');
    expect(blocks.at(-3)?.type).toBe('actions');
  });

  test('shown as the end of a form, it has no buttons', () => {
    const view = resultView({ ...card, rows: [{ title: 'Row', actions: card.actions ?? [] }] }, reader);
    expect(view.blocks.map((block) => block.type)).toEqual(['header', 'rich_text', 'rich_text']);
  });

  test('a button whose data Slack can not hold is a fault, not a message without its button', () => {
    const big: Action = { kind: 'command', label: 'x', command: 'x', data: { id: 'x'.repeat(2000) } };
    expect(() => renderCard({ ...card, actions: [big] }, reader)).toThrow(RangeError);
  });
});

describe('[6.4] what people type', () => {
  const nasty = '<!channel> <@U1> *bold* :tada: & &lt; @everyone https://example.org ‮abc';

  test('shows as typed and notifies nobody', () => {
    const message = renderCard(
      {
        ...card,
        title: nasty,
        text: [nasty],
        facts: [{ label: 'Topic', value: nasty }],
        rows: [{ title: nasty }],
      },
      reader,
    );
    expect(JSON.stringify(message.blocks)).not.toContain('mrkdwn');
    expect(shown(message.blocks).filter((text) => text.includes(nasty))).toHaveLength(4);
    expect(message.text).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
  });

  test('stands in a form as typed', () => {
    const fields: Field[] = [{ kind: 'text', name: 'topic', label: 'Topic', value: nasty }];
    const view = renderForm({ ...form, fields }, 'en');
    expect(view.blocks).toMatchObject([{ element: { initial_value: nasty } }]);
  });
});

const form: Asked = {
  title: 'Book a room',
  command: 'booking.request',
  submit: 'Request',
  cancel: 'Cancel',
  data: { token: 't1' },
  fields: [],
};
const inputs = (...fields: Field[]) => renderForm({ ...form, fields }, 'en').blocks;
const numbered = (count: number): Option[] =>
  Array.from({ length: count }, (_, index) => ({ value: `${index}`, label: `Room ${index}` }));

describe('[2.1] a form', () => {
  test('carries command, data and language unseen', () => {
    expect(decodeForm(renderForm(form, 'zh-TW').private_metadata)).toEqual({
      command: 'booking.request',
      data: { token: 't1' },
      language: 'zh-TW',
    });
  });

  test('a long title is cut in the bar and stands in full above the fields', () => {
    const title = 'Propose another room or another time';
    const view = renderForm({ ...form, title }, 'en');
    expect(view.title.text).toBe('Propose another room or…');
    expect(view.blocks).toMatchObject([{ type: 'section', text: { text: title } }]);
  });

  const base = { name: 'f', label: 'Field' };
  test.each<[string, Field, object]>([
    [
      'text',
      { ...base, kind: 'text', value: 'a', maxLength: 150 },
      { type: 'plain_text_input', initial_value: 'a', max_length: 150 },
    ],
    ['note', { ...base, kind: 'text', multiline: true }, { type: 'plain_text_input', multiline: true }],
    [
      'number',
      { ...base, kind: 'number', value: '3', min: 1, max: 8 },
      { type: 'number_input', initial_value: '3', min_value: '1', max_value: '8' },
    ],
    [
      'date',
      { ...base, kind: 'date', value: '2026-11-24' },
      { type: 'datepicker', initial_date: '2026-11-24' },
    ],
    [
      'time',
      { ...base, kind: 'time', value: '1', options: numbered(3) },
      { type: 'static_select', initial_option: { value: '1' } },
    ],
    [
      'toggle',
      { ...base, kind: 'toggle', value: true, text: 'Confidential' },
      { type: 'checkboxes', initial_options: [{ value: 'yes' }] },
    ],
    [
      'people',
      { ...base, kind: 'people', value: ['U1'], multiple: true },
      { type: 'multi_users_select', initial_users: ['U1'] },
    ],
    ['person', { ...base, kind: 'people', value: ['U1'] }, { type: 'users_select', initial_user: 'U1' }],
    [
      'choice',
      { ...base, kind: 'choice', value: '2', options: numbered(3) },
      { type: 'static_select', initial_option: { value: '2' } },
    ],
    [
      'choices',
      { ...base, kind: 'choices', value: ['2'], options: numbered(3) },
      { type: 'multi_static_select', initial_options: [{ value: '2' }] },
    ],
    [
      'choice with a source',
      { ...base, kind: 'choice', value: '2', options: numbered(3), source: 'rooms' },
      {
        type: 'external_select',
        action_id: 'source:rooms',
        min_query_length: 0,
        initial_option: { value: '2' },
      },
    ],
  ])('%s', (_, field, element) => {
    expect(inputs({ ...field, required: true })).toMatchObject([
      { type: 'input', block_id: 'f', label: { text: 'Field' }, optional: false, element },
    ]);
  });

  test.each<[string, Field]>([
    ['a choice that is gone', { ...base, kind: 'choice', value: 'gone', options: numbered(3) }],
    ['a date that is none', { ...base, kind: 'date', value: 'tomorrow' }],
    ['a number out of bounds', { ...base, kind: 'number', value: '9', min: 1, max: 8 }],
    ['nobody', { ...base, kind: 'people', value: [] }],
  ])('%s is left out, where Slack would refuse the whole form', (_, field) => {
    expect(Object.keys(inputs(field)[0] ?? {})).toContain('element');
    expect(JSON.stringify(inputs(field))).not.toMatch(/initial_(option|date|value|user")/);
  });

  test('a thousand options are shown in groups of a hundred', () => {
    const [block] = inputs({ ...base, kind: 'choice', options: numbered(1000) });
    const element = block?.type === 'input' && 'element' in block ? block.element : null;
    expect(element).toMatchObject({ option_groups: expect.arrayContaining([]) });
    expect(element && 'option_groups' in element && element.option_groups?.length).toBe(10);
    expect(shown(element)).toContain('Room 100 – Room 199');
  });

  test('what is wrong with a field stands below it, what is wrong with the whole above', () => {
    const view = renderForm(
      {
        ...form,
        banner: { tone: 'bad', text: 'Taken meanwhile' },
        fields: [{ ...base, kind: 'text', error: 'Too long' }],
      },
      'en',
    );
    expect(view.blocks.map((block) => block.type)).toEqual(['section', 'input', 'context']);
    expect(shown(view.blocks)).toEqual(['⛔ Taken meanwhile', 'Field', '⚠️ Too long']);
  });
});
