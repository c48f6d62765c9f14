import type { RoomId } from '../../core/ids.ts';
import { timeOfDay } from '../../core/time.ts';
import type { Reader } from '../../i18n/reader.ts';
import { type ApprovalRule, type ApprovalWhen, type Condition, conditions } from './approval.ts';
import type { Difference } from './diff.ts';
import type { Limits, MaterialChange } from './domain.ts';

/** How the rooms that rules name are shown. */
export type RoomLabels = ReadonlyMap<RoomId, string>;

const dayNames = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** The name of an ISO weekday. */
export const weekdayText = (reader: Reader, day: number): string =>
  reader.t(`series.weekday.${dayNames[day - 1] ?? 'sun'}`);

export const materialText = (reader: Reader, change: MaterialChange): string =>
  reader.t(`rules.material.${change}`);

type Writer<Value> = (reader: Reader, value: Value) => string;

const minutes: Writer<number> = (reader, value) => reader.duration(value);
const time: Writer<number> = (_, value) => timeOfDay(value);
const list = (reader: Reader, items: readonly string[]): string =>
  items.length === 0 ? reader.t('rules.unset') : reader.list(items);

const limitWriters: { [Name in keyof Limits]: Writer<Limits[Name]> } = {
  horizonDays: (reader, value) => reader.duration(value * 1440),
  maxMinutes: minutes,
  opens: time,
  closes: time,
  stepMinutes: minutes,
  reminders: (reader, leads) =>
    list(
      reader,
      leads.map((lead) => reader.duration(lead)),
    ),
  material: (reader, changes) =>
    list(
      reader,
      changes.map((change) => materialText(reader, change)),
    ),
  cancelMinutes: minutes,
  lateMinutes: minutes,
  remindReviewersMinutes: minutes,
  escalateMinutes: minutes,
  offerMinutes: minutes,
  workDays: (reader, days) =>
    list(
      reader,
      days.map((day) => weekdayText(reader, day)),
    ),
  workFrom: time,
  workUntil: time,
};

/** The value of a parameter in words: `4 h`, `08:00`, `another room and more people`; or that it has none. */
export function limitText<Name extends keyof Limits>(
  reader: Reader,
  name: Name,
  limits: Partial<Limits>,
): string {
  const value = limits[name];
  return value === undefined ? reader.t('rules.unset') : limitWriters[name](reader, value);
}

type ConditionWriter<Value> = (reader: Reader, wanted: Value, rooms: RoomLabels) => string;

/** Any of them is enough. */
const either = (names: readonly string[]): string => names.join(' / ');

const conditionWriters: { [Name in Condition]: ConditionWriter<NonNullable<ApprovalWhen[Name]>> } = {
  sites: (reader, sites) => reader.t('rules.condition.sites', { names: either(sites) }),
  rooms: (reader, ids, rooms) =>
    reader.t('rules.condition.rooms', { names: either(ids.map((id) => rooms.get(id) ?? id)) }),
  kinds: (reader, kinds) =>
    reader.t('rules.condition.kinds', { names: either(kinds.map((kind) => reader.t(`rooms.kind.${kind}`))) }),
  minMinutes: (reader, least) => reader.t('rules.condition.minMinutes', { length: { minutes: least } }),
  maxMinutes: (reader, most) => reader.t('rules.condition.maxMinutes', { length: { minutes: most } }),
  minHeadcount: (reader, least) => reader.t('rules.condition.minHeadcount', { count: least }),
  maxHeadcount: (reader, most) => reader.t('rules.condition.maxHeadcount', { count: most }),
  roles: (reader, some) =>
    reader.t('rules.condition.roles', { names: either(some.map((role) => reader.t(`people.role.${role}`))) }),
  departments: (reader, some) => reader.t('rules.condition.departments', { names: either(some) }),
  minLead: (reader, least) => reader.t('rules.condition.minLead', { lead: { minutes: least } }),
  maxLead: (reader, most) => reader.t('rules.condition.maxLead', { lead: { minutes: most } }),
  workingHours: (reader, inside) => reader.t(inside ? 'rules.condition.inside' : 'rules.condition.outside'),
};

/** One condition of a rule in words: `at least 2 h long`; or that there is none. */
export function conditionText<Name extends Condition>(
  reader: Reader,
  name: Name,
  when: ApprovalWhen,
  rooms: RoomLabels,
): string {
  const wanted = when[name];
  return wanted === undefined ? reader.t('rules.unset') : conditionWriters[name](reader, wanted, rooms);
}

/** All conditions of a rule: `site Berlin · at least 2 h long`. */
export function whenText(reader: Reader, when: ApprovalWhen, rooms: RoomLabels): string {
  const set = conditions.filter((name) => when[name] !== undefined);
  return set.length === 0
    ? reader.t('rules.condition.every')
    : set.map((name) => conditionText(reader, name, when, rooms)).join(' · ');
}

export function differenceText(reader: Reader, it: Difference, rooms: RoomLabels): string {
  switch (it.kind) {
    case 'limit':
      return reader.t('rules.diff.change', {
        what: reader.t(`rules.limit.${it.name}`),
        before: limitText(reader, it.name, it.before),
        after: limitText(reader, it.name, it.after),
      });
    case 'site':
      return reader.t('rules.diff.change', {
        what: reader.t('rules.diff.ofSite', { site: it.site, what: reader.t(`rules.limit.${it.name}`) }),
        before: limitText(reader, it.name, it.before),
        after: limitText(reader, it.name, it.after),
      });
    case 'added':
    case 'removed':
      return reader.t(`rules.diff.${it.kind}`, {
        rule: it.rule.name,
        place: it.place,
        says: ruleText(reader, it.rule, rooms),
      });
    case 'renamed':
      return reader.t('rules.diff.renamed', { before: it.before, after: it.after });
    case 'moved':
      return it.behind === null
        ? reader.t('rules.diff.movedFirst', { rule: it.rule })
        : reader.t('rules.diff.moved', { rule: it.rule, place: it.place, behind: it.behind });
    case 'condition':
      return reader.t('rules.diff.change', {
        what: reader.t('rules.diff.ofRule', { rule: it.rule }),
        before: conditionText(reader, it.name, it.before, rooms),
        after: conditionText(reader, it.name, it.after, rooms),
      });
    case 'decision':
      return reader.t('rules.diff.change', {
        what: reader.t('rules.diff.ofRule', { rule: it.rule }),
        before: reader.t(`rules.decision.${it.before}`),
        after: reader.t(`rules.decision.${it.after}`),
      });
  }
}

const ruleText = (reader: Reader, { when, decision }: ApprovalRule, rooms: RoomLabels): string =>
  reader.t('rules.says', {
    when: whenText(reader, when, rooms),
    decision: reader.t(`rules.decision.${decision}`),
  });
