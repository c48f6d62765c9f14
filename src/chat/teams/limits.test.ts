import { expect, test } from '@jest/globals';
import { type CardJson, checkCard, maxBytes } from './limits.ts';

const cardWith = (...body: CardJson[]): CardJson => ({
  type: 'AdaptiveCard',
  version: '1.5',
  fallbackText: 'A card',
  body,
});
const execute = { type: 'Action.Execute', title: 'Go', verb: 'a.b', data: {} };

test('[2.2] a card that keeps the limits has no problems', () => {
  const input = { type: 'Input.Text', id: 'f.topic', label: 'Topic' };
  const image = { type: 'Image', url: 'https://example.org/a.png', altText: 'A plan' };
  const actions = Array.from({ length: 9 }, (_, i) => (i < 6 ? execute : { ...execute, mode: 'secondary' }));
  expect(checkCard(cardWith(input, image, { type: 'ActionSet', actions }))).toEqual([]);
});

test.each<[string, CardJson, string]>([
  ['another version', { ...cardWith(), version: '1.6' }, 'version is 1.6'],
  ['another type', { ...cardWith(), type: 'Message' }, 'type is Message'],
  ['no alternative text', { ...cardWith(), fallbackText: ' ' }, 'no fallbackText'],
  ['too large', cardWith({ type: 'RichTextBlock', inlines: ['漢'.repeat(maxBytes / 3)] }), 'more than 27000'],
  ['no label', cardWith({ type: 'Input.Date', id: 'f.date' }), 'Input.Date without label'],
  ['no id', cardWith({ type: 'Input.Date', label: 'Date' }), 'Input.Date without id'],
  ['no toggle value', cardWith({ type: 'Input.Toggle', id: 'x', label: 'L', title: 'T' }), 'without value'],
  [
    'picture without text',
    cardWith({ type: 'Image', url: 'https://example.org/a.png' }),
    'Image without altText',
  ],
  [
    'picture from elsewhere',
    cardWith({ type: 'Image', url: 'file:///a', altText: 'A' }),
    'not a web address',
  ],
  ['script', cardWith({ type: 'Action.OpenUrl', title: 'A', url: 'javascript:0' }), 'not a web address'],
  ['Markdown', cardWith({ type: 'TextBlock', text: 'A' }), 'TextBlock reads Markdown'],
  ['Markdown in facts', cardWith({ type: 'FactSet' }), 'FactSet reads Markdown'],
  [
    'seven buttons',
    cardWith({ type: 'ActionSet', actions: Array(7).fill(execute) }),
    '7 buttons, more than 6',
  ],
  ['button without data', cardWith({ ...execute, data: undefined }), 'Action.Execute without data'],
  ['date function', cardWith({ type: 'TextRun', text: '{{DATE(x)}}' }), 'function that the client expands'],
  [
    'inside an unfolding card',
    cardWith({ type: 'Action.ShowCard', title: 'A', card: cardWith({ type: 'FactSet' }) }),
    'FactSet',
  ],
])('[2.2] %s is found', (_, card, problem) => {
  expect(checkCard(card)).toEqual([expect.stringContaining(problem)]);
});

test('[2.2] one id for two inputs is found', () => {
  const input = { type: 'Input.Text', id: 'f.a', label: 'A' };
  expect(checkCard(cardWith(input, { ...input, label: 'B' }))).toEqual([
    expect.stringContaining('used twice'),
  ]);
});
