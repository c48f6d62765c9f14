import { minute } from '../../core/clock.ts';
import type { Card, Row, Tone } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import type { ApprovalDecision, ApprovalRule, Candidate, Condition, Verdict } from './approval.ts';
import { button, pageButtons, ruleRow } from './views.ts';
import { conditionText, type RoomLabels, whenText } from './words.ts';

/** What a request in words did not say; `once`: it repeats, and its first date is judged. */
export type Assumed = 'date' | 'time' | 'length' | 'headcount' | 'once';

/** A rule of approval, and which of its conditions the request does not fulfil. */
type Tried = { rule: ApprovalRule; failing: Condition[] };

const tones: Record<ApprovalDecision, Tone> = {
  approve: 'good',
  ask: 'neutral',
  askTwo: 'warning',
  refuse: 'bad',
};

const pageSize = 8;

/** How a request would be decided, by which rule, and why each of the others would not decide it (2.2). */
export function tryCard(
  reader: Reader,
  it: {
    candidate: Candidate;
    host: string;
    assumed: readonly Assumed[];
    /** Minutes from now to the start. */
    lead: number;
    verdict: Verdict;
    tried: readonly Tried[];
    rooms: RoomLabels;
    version: number;
    text: string;
    page: number;
  },
): Card {
  const { candidate, verdict, tried, rooms } = it;
  const { room, start, end, headcount } = candidate;
  const decision = reader.t(`rules.decision.${verdict.decision}`);
  const place = tried.findIndex(({ rule }) => rule === verdict.rule) + 1;
  const pages = Math.max(1, Math.ceil(tried.length / pageSize));
  const page = Math.min(it.page, pages);
  const first = (page - 1) * pageSize;
  const notSaid = it.assumed.filter((name) => name !== 'once');

  const row = ({ rule, failing }: Tried, number: number): Row => {
    const of = ruleRow(reader, rule, number, rooms);
    if (failing.length > 0)
      return {
        ...of,
        badge: reader.t('rules.try.differs'),
        text: failing.map((name) => failingText(reader, name, rule, it)).join('\n'),
      };
    const decides = rule === verdict.rule;
    return {
      ...of,
      badge: reader.t(decides ? 'rules.try.decides' : 'rules.try.later'),
      tone: decides ? tones[rule.decision] : 'neutral',
      text: whenText(reader, rule.when, rooms),
    };
  };
  return {
    layout: 'list',
    tone: tones[verdict.decision],
    title: reader.t('rules.try.title'),
    badge: decision,
    text: [
      verdict.rule
        ? reader.t('rules.try.by', { place, rule: verdict.rule.name, decision })
        : reader.t('rules.try.none'),
      ...(notSaid.length > 0
        ? [
            reader.t('rules.try.assumed', {
              what: { list: notSaid.map((name) => reader.t(`rules.try.not.${name}`)) },
            }),
          ]
        : []),
      ...(it.assumed.includes('once') ? [reader.t('rules.try.once')] : []),
    ],
    facts: [
      { label: reader.t('booking.fact.room'), value: rooms.get(room.id) ?? room.name },
      { label: reader.t('booking.fact.when'), value: reader.when(start, end, room.zone) },
      { label: reader.t('booking.fact.headcount'), value: String(headcount) },
      { label: reader.t('booking.fact.host'), value: it.host },
      { label: reader.t('rules.rule.roles'), value: rolesText(reader, candidate) },
      { label: reader.t('rules.rule.departments'), value: candidate.department ?? reader.t('rules.unset') },
    ],
    rows: tried.slice(first, first + pageSize).map((one, index) => row(one, first + index + 1)),
    actions: [
      ...pageButtons(reader, { page, pages, command: 'rules.test', data: { text: it.text } }),
      button(reader.t('rules.button.rules'), 'rules.show'),
    ],
    footnote: reader.t('rules.try.version', { version: it.version }),
  };
}

const rolesText = (reader: Reader, { roles }: Candidate): string =>
  roles.length === 0
    ? reader.t('rules.unset')
    : reader.list(roles.map((role) => reader.t(`people.role.${role}`)));

/** `at most 1 h long (here: 1 h 30 min)` */
const failingText = (
  reader: Reader,
  name: Condition,
  { when }: ApprovalRule,
  it: { candidate: Candidate; lead: number; rooms: RoomLabels },
): string =>
  reader.t('rules.try.fails', {
    condition: conditionText(reader, name, when, it.rooms),
    here: hereText(reader, name, when.workingHours === true, it),
  });

/** What the request has where a rule has a condition. */
function hereText(
  reader: Reader,
  name: Condition,
  wantedInside: boolean,
  { candidate, lead, rooms }: { candidate: Candidate; lead: number; rooms: RoomLabels },
): string {
  const { room, start, end, headcount, department } = candidate;
  switch (name) {
    case 'sites':
      return room.site;
    case 'rooms':
      return rooms.get(room.id) ?? room.name;
    case 'kinds':
      return reader.t(`rooms.kind.${room.kind}`);
    case 'minMinutes':
    case 'maxMinutes':
      return reader.duration(Math.floor((end - start) / minute));
    case 'minHeadcount':
    case 'maxHeadcount':
      return reader.t('rooms.people', { count: headcount });
    case 'roles':
      return rolesText(reader, candidate);
    case 'departments':
      return department ?? reader.t('rules.unset');
    case 'minLead':
    case 'maxLead':
      return reader.duration(lead);
    case 'workingHours':
      return reader.t(wantedInside ? 'rules.condition.outside' : 'rules.condition.inside');
  }
}
