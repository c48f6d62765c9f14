import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Digest } from '../support/digest.ts';
import { buttonsOf, type TeamsMessage, type TeamsUser, textOf } from '../support/teams.ts';
import { judge, judgeAll } from './judge.ts';
import { hostileTexts, hostileValue, mutantOf } from './mutants.ts';
import { commandNames, freshId, openStage, runs, type Stage, secret } from './stage.ts';

/*
 * Whatever may come in from Teams, with a token of its issuer. Mallet is an employee without any part in the others'
 * bookings.
 */

let stage: Stage;
let before: Digest;
let mallet: TeamsUser;

beforeAll(async () => {
  stage = await openStage();
  mallet = stage.teams.mallet;
});
beforeEach(() => {
  stage.forget();
  before = stage.others();
});
afterAll(() => stage.stop());

const cardWith = (user: TeamsUser, text: string, button: string): TeamsMessage => {
  const found = stage.program.teams
    .messages(user)
    .findLast((it) => textOf(it.card).includes(text) && buttonsOf(it.card).includes(button));
  if (!found) throw new Error(`${user.name} has no card with "${text}" and "${button}"`);
  return found;
};

/** Real activities of Tom and Reo, as if they were Mallet's. */
async function captured(): Promise<Record<string, unknown>[]> {
  const { teams, day } = stage.program;
  const { tom, reo } = stage.teams;
  const steal = async (send: () => Promise<unknown>) => JSON.parse((await stage.stolen(send)).body);
  const asked = cardWith(reo, secret, 'Approve');
  const mine = cardWith(tom, secret, 'Withdraw');
  const all = [];
  for (const button of ['Approve', 'Reject'])
    all.push(await steal(() => teams.click(reo, asked, button, button === 'Reject' ? { reason: 'No' } : {})));
  all.push(await steal(() => teams.click(tom, mine, 'Withdraw')));
  await teams.say(tom, '/book');
  const form = teams.last(tom);
  const typed = { topic: 'Design', date: day, start: '09:00', duration: '60' };
  all.push(await steal(() => teams.click(tom, form, 'Request', typed)));
  all.push(await steal(() => teams.say(tom, '/book tomorrow 3pm 1h design review')));
  all.push(await steal(() => teams.say(tom, 'help', { channel: true })));
  all.push(await steal(() => teams.search(tom, 'bookable', 'a')));
  const install = teams.activity(tom, { type: 'installationUpdate', action: 'add' });
  all.push(await steal(() => teams.post(install)));
  return all;
}

test('[6.4] real activities of others with one thing wrong in them', async () => {
  const activities = await captured();
  await fc.assert(
    fc.asyncProperty(mutantOf(activities), async (activity) => {
      const body = JSON.stringify(activity) ?? '';
      judge(stage, await stage.toTeams(body), body);
    }),
    runs(300),
  );
  await judgeAll(stage, before);
});

test('[6.4] an invoke that the bot does not know, and a chat that Teams does not know, are refused', async () => {
  const { teams } = stage.program;
  const unknown = teams.activity(mallet, { type: 'invoke', name: 'task/fetch', value: {} });
  expect((await stage.toTeams(unknown)).status).toBe(400);
  const said = teams.activity(mallet, { type: 'message', text: 'help' });
  for (const id of ['a:chat-nobody', '../../x', 'a:1?x#y']) {
    const elsewhere = { ...said, id: freshId(), conversation: { ...conversationOf(said), id } };
    const reply = await stage.toTeams(elsewhere);
    judge(stage, reply, id);
    expect([200, 404]).toContain(reply.status);
  }
  await judgeAll(stage, before);
});

const conversationOf = (activity: object): object => Reflect.get(activity, 'conversation');

test('[6.4] anything at all: JSON, text, cut off and too long', async () => {
  const whole = (await captured()).map((it) => JSON.stringify(it));
  const cut = fc
    .tuple(fc.constantFrom(...whole), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([text, part]) => text.slice(0, Math.floor(text.length * part)));
  const anything = fc.oneof(
    cut,
    fc.json(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('', '['.repeat(100_000), 'x'.repeat(300_000), '{"__proto__":{"type":"message"}}'),
  );
  await fc.assert(
    fc.asyncProperty(anything, async (body) => {
      const sound = body.toWellFormed();
      judge(stage, await stage.toTeams(sound), sound);
    }),
    runs(100),
  );
  await judgeAll(stage, before);
});

test('[2.1] whatever somebody types is answered in words', async () => {
  const { teams } = stage.program;
  const typed = fc.oneof(
    fc.constantFrom(...hostileTexts),
    fc
      .constantFrom('book', 'rooms', 'history', 'records', 'stats', 'rules test', 'duties away')
      .chain((word) => fc.constantFrom(...hostileTexts).map((text) => `${word} ${text}`)),
    fc.string({ unit: 'binary', maxLength: 300 }),
  );
  await fc.assert(
    fc.asyncProperty(typed, async (text) => {
      const answers = teams.messages(mallet).length;
      const activity = teams.activity(mallet, { type: 'message', text: text.toWellFormed() });
      judge(stage, await stage.toTeams(activity), text);
      expect(teams.messages(mallet).length).toBe(answers + 1);
    }),
    runs(80),
  );
  await judgeAll(stage, before);
});

test('[6.4] mentions that would blow a text up are cut', async () => {
  const { teams } = stage.program;
  const grows = (text: string, name: string) => ({ type: 'mention', text, mentioned: { id: '29:x', name } });
  const entities = [
    ...Array.from({ length: 60 }, () => grows('a', 'a'.repeat(1000))),
    grows('<'.repeat(60_000), ''),
    grows('b', '__proto__'),
    grows('b', '$& $` $1'),
  ];
  const activity = teams.activity(mallet, { type: 'message', text: 'a'.repeat(20_000), entities });
  judge(stage, await stage.toTeams(activity), 'mentions');
  await judgeAll(stage, before);
});

test('[6.2] forged actions: any command, about anything of anybody, with anything filled in', async () => {
  const { program } = stage;
  const ids = program
    .query<{ id: string }>('SELECT id FROM booking UNION SELECT id FROM room UNION SELECT id FROM person')
    .map((it) => it.id);
  const commands = await commandNames();
  const names = [
    'booking',
    'asOf',
    'room',
    'person',
    'role',
    'draft',
    'rev',
    'series',
    'entry',
    'page',
    '__proto__',
  ];
  const one = fc.oneof(fc.constantFrom(...ids, '1', '2', 'admin', 'supervisor'), fc.string());
  const data = fc.dictionary(fc.constantFrom(...names), one, { noNullPrototype: true });
  const fields = fc.dictionary(
    fc.constantFrom('topic', 'reason', 'people', 'role', 'date', '__proto__'),
    hostileValue,
  );
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(fc.constantFrom(...commands), fc.string()),
      data,
      fields,
      async (command, its, filled) => {
        const act = { command, data: its, token: freshId(), prefix: 'p', kinds: { people: 'people' } };
        const typed = Object.fromEntries(Object.entries(filled).map(([name, value]) => [`p.${name}`, value]));
        const action = { type: 'Action.Execute', verb: command, data: { act, ...typed } };
        const value = { action };
        const activity = program.teams.activity(mallet, {
          type: 'invoke',
          name: 'adaptiveCard/action',
          value,
        });
        const body = JSON.stringify({ ...activity, replyToId: 'm1' });
        judge(stage, await stage.toTeams(body), body);
      },
    ),
    runs(300),
  );
  await judgeAll(stage, before);
});

test('[2.2] a stale card, a replayed click and a click in the name of another change nothing', async () => {
  const { teams } = stage.program;
  const { tom, reo } = stage.teams;
  const asked = cardWith(reo, secret, 'Approve');
  const mine = cardWith(tom, secret, 'Withdraw');
  const approve = (await stage.recorder.keep(() => teams.click(reo, asked, 'Approve'))).body;
  const withdraw = (await stage.recorder.keep(() => teams.click(tom, mine, 'Withdraw'))).body;
  const forged = JSON.stringify({
    ...JSON.parse(approve),
    from: JSON.parse((await stage.stolen(() => teams.say(tom, 'x'))).body).from,
  });
  judge(stage, await stage.toTeams(forged), forged);
  await judgeAll(stage, before);
  for (let again = 0; again < 3; again++) expect((await stage.toTeams(approve)).status).toBe(200);
  const approved = stage.others();
  // What could be withdrawn is approved by now.
  expect((await stage.toTeams(withdraw)).status).toBe(200);
  await judgeAll(stage, approved);
  expect(
    stage.program.query("SELECT count(*) AS n FROM booking_transition WHERE to_state = 'approved'"),
  ).toEqual([{ n: 1 }]);
});
