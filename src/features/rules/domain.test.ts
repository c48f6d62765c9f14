import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ruleSets } from '../../../test/support/rules.ts';
import {
  completed,
  defaultDocument,
  defaultRules,
  effectiveRules,
  type Layer,
  loosened,
  type Rules,
  rulesFor,
} from './domain.ts';

const minutes = fc.integer({ min: 0, max: 1440 });
const organisation: fc.Arbitrary<Rules> = fc
  .tuple(ruleSets, fc.integer({ min: 1, max: 400 }), minutes, minutes, minutes)
  .map(([rules, horizonDays, maxMinutes, opens, closes]) => ({
    ...rules,
    horizonDays,
    maxMinutes,
    opens,
    closes,
  }));
const layer: fc.Arbitrary<Layer> = fc.record(
  { horizonDays: fc.integer({ min: 1, max: 400 }), maxMinutes: minutes, opens: minutes, closes: minutes },
  { requiredKeys: [] },
);

/** True where everything that `rules` allow is allowed by `above` too. */
const asStrict = (rules: Rules, above: Rules): boolean =>
  rules.horizonDays <= above.horizonDays &&
  rules.maxMinutes <= above.maxMinutes &&
  rules.opens >= above.opens &&
  rules.closes <= above.closes;

const under = (rules: Rules, site: Layer, room: Layer) =>
  effectiveRules({ organisation: rules, sites: { Berlin: site } }, 'Berlin', room);

describe('[10.4] layers of the rules', () => {
  test('without layers the organisation’s rules hold', () => {
    expect(effectiveRules({ organisation: defaultRules, sites: {} }, 'Berlin', {})).toEqual(defaultRules);
  });

  test('organisation over site over room; a site counts for its own rooms only', () => {
    const document = { organisation: defaultRules, sites: { Taipei: { opens: 540, maxMinutes: 120 } } };
    expect(effectiveRules(document, 'Taipei', { closes: 1080 })).toEqual({
      ...defaultRules,
      opens: 540,
      closes: 1080,
      maxMinutes: 120,
    });
    expect(effectiveRules(document, 'Berlin', { closes: 1080 })).toEqual({ ...defaultRules, closes: 1080 });
  });

  test('a room asks for what it says itself, and for nothing else', () => {
    const document = { organisation: defaultRules, sites: { Taipei: { opens: 540 } } };
    const silent = { site: 'Taipei', opens: null, closes: null, maxMinutes: null };
    expect(rulesFor(document, silent)).toEqual({ ...defaultRules, opens: 540 });
    expect(rulesFor(document, { ...silent, opens: 600, closes: 660, maxMinutes: 30 })).toEqual({
      ...defaultRules,
      opens: 600,
      closes: 660,
      maxMinutes: 30,
    });
    expect(rulesFor(document, null)).toEqual(defaultRules);
  });

  test('a lower layer never loosens a higher one', () => {
    fc.assert(
      fc.property(organisation, layer, layer, (rules, site, room) => {
        const ofSite = under(rules, site, {});
        const ofRoom = under(rules, site, room);
        expect([asStrict(ofSite, rules), asStrict(ofRoom, ofSite)]).toEqual([true, true]);
        const { horizonDays, maxMinutes, opens, closes, ...others } = rules;
        expect(ofRoom).toMatchObject(others);
      }),
    );
  });

  test('what is stricter has effect to the letter, and what would loosen is named and has none', () => {
    fc.assert(
      fc.property(organisation, layer, (rules, room) => {
        const effective = under(rules, {}, room);
        const names = loosened(rules, room);
        for (const name of Object.keys(room) as Array<keyof Layer>)
          expect(effective[name]).toBe(names.includes(name) ? rules[name] : room[name]);
      }),
    );
  });
});

describe('[10.2] documents that are older than a parameter', () => {
  test('what they lack is as the defaults say, what they have stays', () => {
    const { approval: _, offerMinutes: __, ...older } = { ...defaultRules, maxMinutes: 60, workDays: [7] };
    const sites = { Berlin: { opens: 600 } };
    expect(completed({ organisation: older, sites })).toEqual({
      organisation: { ...defaultRules, maxMinutes: 60, workDays: [7] },
      sites,
    });
  });

  test('a whole one is left as it is', () => {
    expect(completed(defaultDocument)).toEqual(defaultDocument);
  });
});
