import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Digest } from '../support/digest.ts';
import { type SlackUser, textOf } from '../support/slack.ts';
import { judge, judgeAll } from './judge.ts';
import { hostileTexts, hostileValue, mutantOf } from './mutants.ts';
import { captured, written } from './slack-captured.ts';
import { commandNames, freshId, openStage, runs, type Stage, secret } from './stage.ts';

/*
 * Whatever may come in from Slack, signed as Slack signs it. Mallory is an employee without any part in the others'
 * bookings; she sends what they would, and worse.
 */

let stage: Stage;
let before: Digest;
let mallory: SlackUser;

beforeAll(async () => {
  stage = await openStage();
  mallory = stage.slack.mallory;
  await stage.program.slack.command(mallory, '/help');
});
beforeEach(() => {
  stage.forget();
  before = stage.others();
});
afterAll(() => stage.stop());

test('[6.4] real clicks, forms and commands of others with one thing wrong in them', async () => {
  const { forms } = await captured(stage);
  expect(forms.length).toBeGreaterThan(8);
  await fc.assert(
    fc.asyncProperty(mutantOf(forms), async (form) => {
      const body = written(form);
      judge(stage, await stage.toSlack(body), body);
    }),
    runs(250),
  );
  await judgeAll(stage, before);
});

test('[6.4] real events with one thing wrong in them', async () => {
  const { events } = await captured(stage);
  await fc.assert(
    fc.asyncProperty(mutantOf(events), async (event) => {
      const body = JSON.stringify(event) ?? '';
      judge(stage, await stage.toSlack(body, 'application/json'), body);
    }),
    runs(120),
  );
  await judgeAll(stage, before);
});

test('[6.4] anything at all: JSON, text, bytes, cut off and too long', async () => {
  const { forms, events } = await captured(stage);
  const whole = [...forms.map(written), ...events.map((it) => JSON.stringify(it))];
  const cut = fc
    .tuple(fc.constantFrom(...whole), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([text, part]) => text.slice(0, Math.floor(text.length * part)));
  const types = fc.constantFrom('application/json', 'application/x-www-form-urlencoded', 'text/plain', 'x');
  const anything = fc.oneof(
    cut,
    fc.json(),
    fc.json().map((json) => written({ payload: json })),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('', 'payload=', 'payload=%', `payload=${'['.repeat(100_000)}`, 'x'.repeat(600_000)),
  );
  await fc.assert(
    // What it does not know Bolt keeps for three seconds, so many are sent at once.
    fc.asyncProperty(
      fc.array(fc.tuple(anything, types), { minLength: 40, maxLength: 40 }),
      async (several) => {
        const send = async (body: string, type: string) =>
          judge(stage, await stage.toSlack(body.toWellFormed(), type), body);
        await Promise.all(several.map(([body, type]) => send(body, type)));
      },
    ),
    runs(3),
  );
  await judgeAll(stage, before);
});

test('[2.1] whatever somebody types is answered in words', async () => {
  const words = fc.constantFrom(
    '/book',
    '/rooms',
    '/history',
    '/records',
    '/stats',
    '/rules',
    '/duties',
    '/x',
  );
  const typed = fc.oneof(
    fc.constantFrom(...hostileTexts),
    fc.constantFrom(...hostileTexts).map((text) => `tomorrow 3pm 1h ${text}`),
    fc.string({ unit: 'binary', maxLength: 300 }),
  );
  const { slack } = stage.program;
  const [kept] = (await captured(stage)).forms.filter((form) => 'command' in form);
  await fc.assert(
    fc.asyncProperty(words, typed, async (command, text) => {
      const form = { ...kept, command, text: text.toWellFormed(), trigger_id: freshId() };
      const [reply] = await Promise.all([stage.toSlack(written(form)), slack.next(mallory)]);
      judge(stage, reply, text);
    }),
    runs(60),
  );
  await judgeAll(stage, before);
});

test('[6.2] forged actions: any command, about anything of anybody, with anything filled in', async () => {
  const { program } = stage;
  const ids = program
    .query<{ id: string }>('SELECT id FROM booking UNION SELECT id FROM room UNION SELECT id FROM person')
    .map((it) => it.id);
  const commands = await commandNames();
  const { forms } = await captured(stage);
  const click = forms.find(
    (form) => form.payload?.includes('block_actions') && form.payload.includes('"booking'),
  );
  if (!click) throw new Error('no click to forge');
  const data = fc.dictionary(
    fc.constantFrom(
      'booking',
      'asOf',
      'room',
      'person',
      'role',
      'draft',
      'rev',
      'series',
      'entry',
      'token',
      'page',
      '__proto__',
    ),
    fc.oneof(fc.constantFrom(...ids, '1', '2', 'admin', 'supervisor'), fc.string()),
    { noNullPrototype: true },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(fc.constantFrom(...commands), fc.string()),
      data,
      hostileValue,
      async (command, its, value) => {
        const payload = JSON.parse(click.payload ?? '{}');
        payload.actions[0].value = JSON.stringify({ command, data: its, ask: value });
        payload.trigger_id = freshId();
        const body = written({ payload: JSON.stringify(payload) });
        judge(stage, await stage.toSlack(body), body);
        payload.actions[0].value = JSON.stringify({ command, data: { ...its, token: payload.trigger_id } });
        const plain = written({ payload: JSON.stringify(payload) });
        judge(stage, await stage.toSlack(plain), plain);
      },
    ),
    runs(150),
  );
  await judgeAll(stage, before);
});

test('[2.2] a request that is delivered again, and the click of somebody else, change nothing', async () => {
  const { slack } = stage.program;
  const { rae } = stage.slack;
  const card = (await slack.chat(rae)).findLast((it) => textOf(it).includes(secret));
  const kept = await stage.recorder.keep(() => slack.click(rae, 'Approve', card));
  const asMallory = kept.body.replaceAll(rae.id, mallory.id);
  judge(stage, await stage.toSlack(asMallory), asMallory);
  await judgeAll(stage, before);
  for (let again = 0; again < 3; again++) judge(stage, await stage.toSlack(kept.body), kept.body);
  await judgeAll({ ...stage, others: () => before }, before);
  expect(
    stage.program.query("SELECT count(*) AS n FROM booking_transition WHERE to_state = 'approved'"),
  ).toEqual([{ n: 1 }]);
});
