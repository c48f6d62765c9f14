import type { OutboxRow } from '../../../src/db/outbox.ts';
import type { TeamsMessage } from '../../support/teams.ts';
import { textOf } from '../../support/teams-card.ts';
import type { Facts } from '../facts.ts';
import { numberIn } from '../ledger.ts';
import type { Owed } from '../settle.ts';
import type { Person, World } from '../world.ts';
import { type Check, check } from './check.ts';

/** What is planned for its own time may wait. */
const planned = /^reminder\./;

/** Everything that had to be told was told, and once, but for what a chat service took and hid. */
export function checkMessages(facts: Facts, world: World, owed: Owed): Check[] {
  const tells = facts.outbox.filter(({ kind }) => kind === 'tell');
  const ofState = (state: OutboxRow['state']) => tells.filter((row) => row.state === state);
  const open = [...ofState('waiting'), ...ofState('sending')].filter(({ name }) => !planned.test(name));
  const done = ofState('done');
  const settled = ['done', 'dropped', 'withdrawn', 'failed'] as const;
  return [
    check(
      'everything that is due is told, also after the clock was set back',
      owed.soon + owed.later > 0 ? [`${owed.soon} at first, ${owed.later} at the end`] : [],
      'nothing due is left',
    ),
    check(
      'every message has been told, overtaken or taken back, and none was given up',
      [
        ...open,
        ...facts.outbox.filter(({ id, state }) => state === 'failed' && !world.post.refused.has(id)),
      ].map(({ name, state, error, attempts }) => `${name} ${state} ${error ?? ''} after ${attempts} tries`),
      settled.map((state) => `${ofState(state).length} ${state}`).join(', '),
    ),
    slackOnce(facts, world, done),
    ...teamsOnce(facts, world, done),
  ];
}

/** Slack's messages carry the row that they tell, and Slack is asked for it before a second try. */
function slackOnce({ outbox }: Facts, { slack }: World, done: readonly OutboxRow[]): Check {
  const messages = Map.groupBy(
    slack.posted.filter(({ delivery }) => delivery !== null),
    ({ delivery }) => delivery,
  );
  const known = new Set<string | null>(outbox.map(({ id }) => id));
  const told = done.filter(({ id }) => messages.has(id)).length;
  const hidden = slack.posted.filter((it) => it.hidden).length;
  return check(
    'on Slack nobody was told anything twice',
    [...messages].flatMap(([id, all]) =>
      all.length > 1 ? [`${all.length} messages of one row`] : known.has(id) ? [] : ['a message of no row'],
    ),
    `${told} rows, one message each; ${hidden} messages were hidden from the bot and found again`,
  );
}

/**
 * `takenBack`: rows that were taken back while they were on their way, and may have arrived. One that was told is marked
 * so all the same, and one that failed says why: what is neither was in hand when a life ended.
 */
type Group = { rows: number; messages: TeamsMessage[]; hidden: number; inHand: number; takenBack: number };

/**
 * Teams can't be asked. Its messages are counted by person and booking against the rows that were told there: fewer is
 * a loss, more has to be an answer that was hidden or a life that ended between sending and marking.
 */
function teamsOnce(facts: Facts, world: World, done: readonly OutboxRow[]): Check[] {
  const groups = groupsOf(facts, world, done);
  const all = [...groups];
  const excess = ({ rows, messages }: Group) => Math.max(0, messages.length - rows);
  const sum = (of: (group: Group) => number) => all.reduce((total, [, group]) => total + of(group), 0);
  const again = sum(excess);
  const byHidden = sum((group) => Math.min(excess(group), group.hidden));
  return [
    check(
      'on Teams nobody was left untold',
      all.filter(([, { rows, messages }]) => messages.length < rows).map(([name]) => name),
      `${sum(({ rows }) => rows)} rows, ${sum(({ messages }) => messages.length)} messages`,
    ),
    check(
      'on Teams nobody was told anything twice, but for what it hid',
      all
        .filter(([, group]) => excess(group) > group.hidden + group.inHand + group.takenBack)
        .map(([name, { rows, messages }]) => `${name}: ${messages.length} messages of ${rows} rows`),
      `${again} sent again: ${byHidden} of ${sum(({ hidden }) => hidden)} that Teams took and hid, ${again - byHidden} of ${sum(({ inHand, takenBack }) => inHand + takenBack)} in hand when the process was ended, or taken back on their way`,
    ),
  ];
}

const isTakenBack = ({ kind, state, attempts, error }: OutboxRow): boolean =>
  kind === 'tell' && state === 'withdrawn' && attempts > 0 && error === null;

function groupsOf(facts: Facts, world: World, done: readonly OutboxRow[]): Map<string, Group> {
  const { slack } = world;
  const groups = new Map<string, Group>();
  const of = (person: string, number: number | null): Group => {
    const name = `${person}, ${number === null ? 'other' : `#${number}`}`;
    const group = groups.get(name) ?? { rows: 0, messages: [], hidden: 0, inHand: 0, takenBack: 0 };
    groups.set(name, group);
    return group;
  };
  const numbers = new Map(
    [...facts.bookings.values()].map(({ id, number }): [string, number] => [id, number]),
  );
  const groupOf = ({ person, data }: OutboxRow) =>
    of((facts.names.get(person ?? '') ?? '').toLowerCase(), numbers.get(data.booking ?? '') ?? null);

  const onSlack = new Map(slack.posted.map((it) => [it.delivery, it]));
  for (const row of done) if (!onSlack.has(row.id)) groupOf(row).rows += 1;
  for (const row of facts.outbox) if (isTakenBack(row) && !onSlack.has(row.id)) groupOf(row).takenBack += 1;
  const byId = new Map(facts.outbox.map((row): [string, OutboxRow] => [row.id, row]));
  for (const { id } of world.inHand) {
    const row = byId.get(id);
    if (row?.kind === 'tell') groupOf(row).inHand += 1;
  }
  // Hidden by Slack, a message may be sent again on Teams, where its reader has gone in the meantime.
  for (const { delivery, hidden } of slack.posted) {
    const row = byId.get(delivery ?? '');
    if (row && hidden) groupOf(row).hidden += 1;
  }
  for (const person of [...world.hosts, ...world.reviewers])
    for (const message of unaskedTo(person, world)) {
      const group = of(person.name.toLowerCase(), numberIn(textOf(message.sent)));
      group.messages.push(message);
      if (message.hidden) group.hidden += 1;
    }
  return groups;

  function unaskedTo(person: Person, { teams: there }: World): TeamsMessage[] {
    return person.teams ? there.messages(person.teams).filter(({ unasked }) => unasked) : [];
  }
}
