import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { carry, listed, readClick } from './action-data.ts';

const button = { command: 'booking.request', data: { token: 't' }, token: 't', prefix: 'f' };
const kinds = { kit: 'choices', who: 'people', secret: 'toggle' } as const;

describe('what comes back from a button', () => {
  test('[2.1] values are read by the kinds of their fields', () => {
    const typed = {
      'f.topic': 'Retro',
      'f.kit': 'p%2C1,w',
      'f.who': 'a,b',
      'f.secret': 'true',
      'f.heads': 8,
    };
    expect(readClick({ ...carry({ ...button, kinds }), ...typed })).toEqual({
      kind: 'act',
      token: 't',
      answer: 'here',
      act: {
        command: 'booking.request',
        data: { token: 't' },
        values: { topic: 'Retro', kit: ['p,1', 'w'], who: ['a', 'b'], secret: true, heads: '8' },
      },
    });
  });

  test('[2.1] lists that were emptied come back empty, for the client leaves them out', () => {
    const clicked = readClick(carry({ ...button, kinds }));
    expect(clicked).toMatchObject({ act: { values: { kit: [], who: [], secret: false } } });
  });

  test('[2.1] people who were chosen before and stand beside the picker are kept', () => {
    const clicked = readClick({ ...carry({ ...button, kinds }), 'f.who.kept': 'a,b', 'f.who': 'b,c' });
    expect(clicked).toMatchObject({ act: { values: { who: ['a', 'b', 'c'], kit: [], secret: false } } });
  });

  test('[2.1] inputs of other forms in the same card, and values that are no text, are passed over', () => {
    const typed = { 'a0.reason': 'no', 'f.topic': { evil: true }, topic: 'x', 'f.__proto__': 'polluted' };
    const clicked = readClick({ ...carry(button), ...typed });
    expect(clicked.kind === 'act' && Object.keys(clicked.act.values)).toEqual(['__proto__']);
    expect('polluted' in {}).toBe(false);
  });

  test('[6.4] anything at all is read without an exception', () => {
    const anything = fc.dictionary(fc.string(), fc.anything());
    fc.assert(
      fc.property(anything, fc.anything(), (data, act) => {
        expect(['act', 'dismiss', 'unknown']).toContain(readClick({ ...data, act }).kind);
      }),
    );
  });

  test('[2.1] any list of values survives being joined with commas', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 })), (values) => {
        const joined = values.map(listed.write).join(',');
        expect(joined.split(',').filter(Boolean).map(listed.read)).toEqual(values);
      }),
    );
  });
});
