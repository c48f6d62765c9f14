import { describe, expect, test } from '@jest/globals';
import type { types } from '@slack/bolt';
import { checkMessage, checkView } from './limits.ts';

const plain = (length: number): types.PlainTextElement => ({ type: 'plain_text', text: 'x'.repeat(length) });
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const section = (length = 1): types.KnownBlock => ({ type: 'section', text: plain(length) });
const button = (extra: Partial<types.Button> = {}, id = '0'): types.Button => ({
  type: 'button',
  action_id: id,
  text: plain(1),
  ...extra,
});
const actions = (...elements: types.Button[]): types.KnownBlock => ({ type: 'actions', elements });
const input = (element: types.InputBlockElement, id?: string): types.KnownBlock => ({
  type: 'input',
  label: plain(1),
  element,
  ...(id !== undefined && { block_id: id }),
});
const options = (count: number, text = 1, value = 1) =>
  times(count, (index) => ({ text: plain(text), value: `${index}`.padEnd(value, 'x') }));
const select = (count: number, text?: number, value?: number) =>
  input({ type: 'static_select', action_id: 'value', options: options(count, text, value) });

const message = (...blocks: types.KnownBlock[]) => checkMessage({ text: 'text', blocks });
const modal = (view: Partial<types.ModalView>) =>
  checkView({ type: 'modal', title: plain(1), submit: plain(1), blocks: [section()], ...view });

describe('[6.4] the check of messages', () => {
  test.each<[string, types.KnownBlock[], types.KnownBlock[]]>([
    ['blocks of a message', times(50, () => section()), times(51, () => section())],
    ['texts of a message together', times(3, () => section(3000)), times(4, () => section(3000))],
    ['text of a section', [section(3000)], [section(3001)]],
    ['header', [{ type: 'header', text: plain(150) }], [{ type: 'header', text: plain(151) }]],
    [
      'block id',
      [{ ...section(), block_id: 'x'.repeat(255) }],
      [{ ...section(), block_id: 'x'.repeat(256) }],
    ],
    [
      'same block id twice',
      [
        { ...section(), block_id: 'a' },
        { ...section(), block_id: 'b' },
      ],
      [
        { ...section(), block_id: 'a' },
        { ...section(), block_id: 'a' },
      ],
    ],
    ['no blocks', [section()], []],
    ['empty text', [section(1)], [section(0)]],
    ['markup', [section()], [{ type: 'section', text: { type: 'mrkdwn', text: '*x*' } }]],
    [
      'context',
      [{ type: 'context', elements: [plain(1)] }],
      [{ type: 'context', elements: times(11, () => plain(1)) }],
    ],
    [
      'buttons of a block',
      [actions(...times(25, (i) => button({}, `${i}`)))],
      [actions(...times(26, (i) => button({}, `${i}`)))],
    ],
    [
      'same button id twice',
      [actions(button({}, 'a'), button({}, 'b'))],
      [actions(button({}, 'a'), button({}, 'a'))],
    ],
    ['label of a button', [actions(button({ text: plain(75) }))], [actions(button({ text: plain(76) }))]],
    [
      'value of a button',
      [actions(button({ value: 'x'.repeat(2000) }))],
      [actions(button({ value: 'x'.repeat(2001) }))],
    ],
    ['id of a button', [actions(button({}, 'x'.repeat(255)))], [actions(button({}, 'x'.repeat(256)))]],
    [
      'link of a button',
      [actions(button({ url: 'x'.repeat(3000) }))],
      [actions(button({ url: 'x'.repeat(3001) }))],
    ],
    [
      'confirmation',
      [
        actions(
          button({ confirm: { title: plain(100), text: plain(300), confirm: plain(30), deny: plain(30) } }),
        ),
      ],
      [
        actions(
          button({ confirm: { title: plain(100), text: plain(300), confirm: plain(31), deny: plain(30) } }),
        ),
      ],
    ],
    [
      'alternative text',
      [{ type: 'image', image_url: 'https://example.org/a.png', alt_text: 'a room' }],
      [{ type: 'image', image_url: 'https://example.org/a.png', alt_text: '' }],
    ],
    ['a block unknown to it', [section()], [{ type: 'markdown', text: 'x' }]],
  ])('%s: up to the limit and beyond', (_, good, bad) => {
    expect(message(...good)).toEqual([]);
    expect(message(...bad)).toHaveLength(1);
  });

  test('a message without a text for screen readers and notifications', () => {
    expect(checkMessage({ text: ' ', blocks: [section()] })).toEqual(['text: empty']);
  });
});

describe('[6.4] the check of modals', () => {
  test.each<[string, Partial<types.ModalView>, Partial<types.ModalView>]>([
    ['title', { title: plain(24) }, { title: plain(25) }],
    ['submit', { submit: plain(24) }, { submit: plain(25) }],
    ['close', { close: plain(24) }, { close: plain(25) }],
    ['private metadata', { private_metadata: 'x'.repeat(3000) }, { private_metadata: 'x'.repeat(3001) }],
    ['blocks', { blocks: times(100, () => section()) }, { blocks: times(101, () => section()) }],
    ['options', { blocks: [select(100)] }, { blocks: [select(101)] }],
    ['no options', { blocks: [select(1)] }, { blocks: [select(0)] }],
    ['text of an option', { blocks: [select(1, 75)] }, { blocks: [select(1, 76)] }],
    ['value of an option', { blocks: [select(1, 1, 150)] }, { blocks: [select(1, 1, 151)] }],
    [
      'label of an input',
      { blocks: [{ type: 'input', label: plain(2000), element: { type: 'datepicker' } }] },
      { blocks: [{ type: 'input', label: plain(2001), element: { type: 'datepicker' } }] },
    ],
    [
      'placeholder',
      { blocks: [input({ type: 'users_select', placeholder: plain(150) })] },
      { blocks: [input({ type: 'users_select', placeholder: plain(151) })] },
    ],
    [
      'what is filled in',
      { blocks: [input({ type: 'plain_text_input', max_length: 5, initial_value: 'abcde' })] },
      { blocks: [input({ type: 'plain_text_input', max_length: 5, initial_value: 'abcdef' })] },
    ],
  ])('%s: up to the limit and beyond', (_, good, bad) => {
    expect(modal(good)).toEqual([]);
    expect(modal(bad)).toHaveLength(1);
  });

  test('inputs need a button that submits them', () => {
    const view: types.ModalView = { type: 'modal', title: plain(1), blocks: [select(1)] };
    expect(checkView(view)).toEqual(['submit: missing, but there are inputs']);
  });
});
