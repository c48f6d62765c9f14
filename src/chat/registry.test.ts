import { expect, test } from '@jest/globals';
import type { Feature } from '../core/feature.ts';
import { createRegistry } from './registry.ts';

const say = (command: string) => () => ({ command, input: {} });
const feature = (name: string, words: Feature['words'] = {}): Feature => ({ name, words });

test('[2.1] what all features declare is found by its name', () => {
  const registry = createRegistry([feature('a', { one: say('a.one') }), feature('b', { two: say('b.two') })]);
  expect([...registry.words.keys()]).toEqual(['one', 'two']);
  expect(registry.commands.size).toBe(0);
});

test('[2.1] two features that declare the same name don’t start', () => {
  const twice = () => createRegistry([feature('a', { one: say('a') }), feature('b', { one: say('b') })]);
  expect(twice).toThrow('one is declared twice, the second time by b');
});
