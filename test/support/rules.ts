import fc from 'fast-check';
import type { RoomId } from '../../src/core/ids.ts';
import { roles } from '../../src/core/rights.ts';
import { roomKinds } from '../../src/features/rooms/domain.ts';
import {
  type ApprovalRule,
  type ApprovalWhen,
  approvalDecisions,
} from '../../src/features/rules/approval.ts';
import {
  defaultRules,
  type Layer,
  materialChanges,
  type Rules,
  type RulesDocument,
} from '../../src/features/rules/domain.ts';

/** Few enough to choose from that two of anything are often the same. */
const some = <Value>(...values: Value[]) => fc.subarray(values, { minLength: 1 }) as fc.Arbitrary<Value[]>;
const small = fc.integer({ min: 1, max: 3 });

const whens: fc.Arbitrary<ApprovalWhen> = fc.record(
  {
    sites: some('Berlin', 'Taipei'),
    rooms: some('alps' as RoomId, 'jade' as RoomId),
    kinds: some(...roomKinds),
    minMinutes: small.map((n) => n * 30),
    maxMinutes: small.map((n) => n * 60),
    minHeadcount: small,
    maxHeadcount: small.map((n) => n * 4),
    roles: some(...roles.slice(0, 2)),
    departments: some('Sales', '研發'),
    minLead: small.map((n) => n * 60),
    maxLead: small.map((n) => n * 1440),
    workingHours: fc.boolean(),
  },
  { requiredKeys: [] },
);

/** Rules of approval as they can be kept: each with a name of its own. */
export const approvals: fc.Arbitrary<ApprovalRule[]> = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom('A', 'B', 'C', 'D', 'E'),
    when: whens,
    decision: fc.constantFrom(...approvalDecisions),
  }),
  { selector: (rule) => rule.name, maxLength: 5 },
);

const layers: fc.Arbitrary<Layer> = fc
  .record({ horizonDays: small, maxMinutes: small, opens: small, closes: small }, { requiredKeys: [] })
  .filter((layer) => Object.keys(layer).length > 0);

export const ruleSets: fc.Arbitrary<Rules> = fc.record({
  horizonDays: small,
  maxMinutes: small.map((n) => n * 60),
  opens: fc.constantFrom(0, 480, 510),
  closes: fc.constantFrom(1080, 1440),
  stepMinutes: fc.constantFrom(5, 15, 30),
  reminders: fc.subarray([1440, 60, 15]),
  material: fc.subarray([...materialChanges]),
  cancelMinutes: fc.constantFrom(0, 30),
  lateMinutes: fc.constantFrom(0, 120),
  remindReviewersMinutes: fc.constantFrom(60, 120),
  escalateMinutes: fc.constantFrom(240, 300),
  offerMinutes: small,
  workDays: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
  workFrom: fc.constantFrom(0, 540),
  workUntil: fc.constantFrom(1080, 1440),
  approval: approvals,
});

/** As they come back from the database. */
const documents: fc.Arbitrary<RulesDocument> = fc
  .record({ organisation: ruleSets, sites: fc.dictionary(fc.constantFrom('Berlin', 'Taipei'), layers) })
  .map((document) => JSON.parse(JSON.stringify(document)));

/** Two documents that have much in common. */
export const versions: fc.Arbitrary<[before: RulesDocument, after: RulesDocument]> = fc
  .tuple(documents, documents, fc.subarray(Object.keys(defaultRules) as Array<keyof Rules>), fc.boolean())
  .map(([before, other, changed, sitesToo]) => {
    const some = Object.fromEntries(changed.map((name) => [name, other.organisation[name]]));
    const organisation = { ...before.organisation, ...some };
    return [before, { organisation, sites: sitesToo ? other.sites : before.sites }];
  });

/** The defaults, with these rules of approval. */
export const rulesWith = (...approval: ApprovalRule[]): RulesDocument => ({
  organisation: { ...defaultRules, approval },
  sites: {},
});

export const aRule = (its: Partial<ApprovalRule> = {}): ApprovalRule => ({
  name: 'Long meetings',
  when: { minMinutes: 120 },
  decision: 'askTwo',
  ...its,
});
