import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Digest } from '../support/digest.ts';
import { type SlackUser, textOf } from '../support/slack.ts';
import { judgeAll } from './judge.ts';
import { hostileTexts, hostileValue, mutantOf } from './mutants.ts';
import { captured, written } from './slack-captured.ts';
import { envelopeOf, opcodes, type SocketEdge, startSocketEdge } from './socket-edge.ts';
import { commandNames, freshId, openStage, runs, type Stage, secret } from './stage.ts';

/*
 * Whatever may come in over Slack's socket, which no signature protects: whoever gets between, or a fault of Slack's,
 * sends any frame at all.
 */

let edge: SocketEdge;
let stage: Stage;
let before: Digest;
let mallory: SlackUser;

beforeAll(async () => {
  edge = await startSocketEdge();
  stage = await openStage(edge);
  mallory = stage.slack.mallory;
  await stage.program.slack.command(mallory, '/help');
});
beforeEach(() => {
  stage.forget();
  edge.acknowledged.clear();
  before = stage.others();
});
/** No line of the log holds a secret, whatever came in. */
afterEach(() => {
  const { signingSecret } = stage.program.slack.config;
  const log = stage.logged.join('\n');
  expect([signingSecret, 'xoxb-test', 'xapp-test', secret].filter((it) => log.includes(it))).toEqual([]);
});
afterAll(async () => {
  await stage.stop();
  await edge.stop();
});

/** What came before was read, and the bot still answers. */
async function alive(): Promise<void> {
  const shown = await stage.program.slack.command(mallory, '/help');
  expect(shown.kind).toBe('message');
}
const text = (value: unknown) => edge.frame(opcodes.text, JSON.stringify(value) ?? '');
const envelopes = async () => {
  const { forms, events } = await captured(stage);
  const bodies = [...forms.map(written), ...events.map((it) => JSON.stringify(it))];
  return bodies.map((body) => ({ envelope_id: freshId(), ...envelopeOf(body) }));
};

/** Names that mean something to the SDK's own machinery. */
const internal = [
  'ws_message',
  'slack_event',
  'error',
  'close',
  'connected',
  'disconnected',
  'authenticated',
];
const types = [
  ...internal,
  'unknown',
  'options',
  '__proto__',
  'constructor',
  '',
  'interactive',
  'events_api',
];

test('[6.4] frames that Slack does not send are passed over, and the connection stays', async () => {
  const [real] = await envelopes();
  const whole = JSON.stringify(real);
  const at = edge.connections();
  edge.acknowledged.clear();
  const frame = fc.oneof(
    fc.json(),
    fc.string({ unit: 'binary' }).map((it) => it.toWellFormed()),
    fc.constantFrom(...hostileTexts).map((it) => it.toWellFormed()),
    fc.nat(whole.length - 1).map((end) => whole.slice(0, end)),
    fc.constantFrom('null', '[]', '0', '{}', '{"type":null}', '['.repeat(50_000), 'x'.repeat(600_000)),
    fc
      .record(
        { type: fc.constantFrom(...types), envelope_id: fc.constantFrom<unknown>(7, null, '', {}) },
        { requiredKeys: [] },
      )
      .map((it) => JSON.stringify(it)),
    fc
      .tuple(fc.constantFrom(...types.slice(0, -2)), hostileValue)
      .map(([type, payload]) => JSON.stringify({ type, envelope_id: freshId(), payload })),
    fc
      .constantFrom<unknown>(null, 'x', [], {}, { event: null }, { event: {} }, { event: { type: 7 } })
      .map((payload) => JSON.stringify({ type: 'events_api', envelope_id: freshId(), payload })),
    fc
      .constantFrom(...internal)
      .map((type) => ({ type: 'events_api', envelope_id: freshId(), payload: { event: { type } } }))
      .map((it) => JSON.stringify(it)),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(frame, { minLength: 20, maxLength: 20 }), async (frames) => {
      for (const it of frames) edge.frame(opcodes.text, it);
      edge.frame(opcodes.binary, whole);
      edge.frame(opcodes.binary, Buffer.alloc(300_000, 1));
      await alive();
    }),
    runs(15),
  );
  await judgeAll(stage, before);
  expect(edge.connections()).toBe(at);
  // Only what `alive` sent.
  expect(edge.acknowledged.size).toBe(runs(15).numRuns);
});

test('[6.4] real envelopes with one thing wrong in them', async () => {
  const real = await envelopes();
  expect(real.length).toBeGreaterThan(12);
  edge.acknowledged.clear();
  const sent = new Set<unknown>();
  await fc.assert(
    fc.asyncProperty(mutantOf(real), async (mutant) => {
      const { type } = (mutant ?? {}) as { type?: unknown };
      if (type === 'disconnect') return;
      const id = Reflect.get(Object(mutant), 'envelope_id');
      const fresh =
        typeof id === 'string' && id.length > 30 ? { ...Object(mutant), envelope_id: freshId() } : mutant;
      sent.add(Reflect.get(Object(fresh), 'envelope_id'));
      text(fresh);
    }),
    runs(400),
  );
  const expected = [...edge.acknowledged].length;
  await alive();
  await judgeAll(stage, before);
  expect(edge.acknowledged.size).toBeGreaterThan(expected);
  // Nothing that was never sent, and nothing twice; the one over is what `alive` sent.
  const unasked = [...edge.acknowledged.keys()].filter((id) => !sent.has(id));
  expect(unasked).toHaveLength(1);
  expect([...edge.acknowledged.values()].filter((times) => times > 1)).toEqual([]);
});

test('[6.2] forged actions, keys that reach into prototypes, and another workspace', async () => {
  const real = await envelopes();
  const click = real.find(({ payload }) => JSON.stringify(payload).includes('\\"booking'));
  if (!click) throw new Error('no click to forge');
  const ids = stage.program
    .query<{ id: string }>('SELECT id FROM booking UNION SELECT id FROM room UNION SELECT id FROM person')
    .map((it) => it.id);
  const commands = await commandNames();
  const data = fc.dictionary(
    fc.constantFrom('booking', 'asOf', 'room', 'person', 'role', 'draft', 'series', 'entry', '__proto__'),
    fc.oneof(fc.constantFrom(...ids, '1', 'admin'), fc.string()),
    { noNullPrototype: true },
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...commands), data, async (command, its) => {
      const payload = structuredClone(click.payload) as { actions: { value: string }[]; trigger_id: string };
      const [action] = payload.actions;
      if (action) action.value = JSON.stringify({ command, data: its });
      payload.trigger_id = freshId();
      expect(await edge.deliver('interactive', payload)).toEqual({});
    }),
    runs(120),
  );
  await judgeAll(stage, before);
  const foreign = { ...click.payload, team: { id: 'TFOREIGN', domain: 'x' }, trigger_id: freshId() };
  const turned = Promise.all([edge.deliver('interactive', foreign), stage.program.slack.next(mallory)]);
  expect(textOf((await turned)[1])).toContain('its own organisation');
  const command = real.find(({ type }) => type === 'slash_commands');
  const said = await edge.deliver('slash_commands', { ...command?.payload, team_id: 'TFOREIGN' });
  expect(textOf(said)).toContain('its own organisation');
  await alive();
  await judgeAll(stage, before);
});

test('[2.2] the same envelope again and again, and after a reconnect, is acknowledged and done once', async () => {
  const { slack } = stage.program;
  const { rae } = stage.slack;
  const card = (await slack.chat(rae)).findLast((it) => textOf(it).includes(secret));
  const kept = await stage.recorder.keep(() => slack.click(rae, 'Approve', card));
  const { type, payload } = envelopeOf(kept.body);
  const id = freshId();
  for (let again = 0; again < 3; again++) expect(await edge.deliver(type, payload, id)).toEqual({});
  await judgeAll({ ...stage, others: () => before }, before);
  const approved = stage.others();
  const at = edge.connections();
  text({ type: 'disconnect', reason: 'refresh_requested' });
  await edge.back(at);
  expect(await edge.deliver(type, payload, id)).toEqual({});
  expect(await edge.deliver(type, payload)).toEqual({});
  await alive();
  await judgeAll(stage, approved);
  const done = "SELECT count(*) AS n FROM booking_transition WHERE to_state = 'approved'";
  expect(stage.program.query(done)).toEqual([{ n: 1 }]);
}, 60_000);

const partings: [string, () => void][] = [
  [
    'every kind of disconnect at once',
    () => {
      for (const reason of [
        'warning',
        'refresh_requested',
        'link_disabled',
        'too_many_websockets',
        7,
        null,
        {},
      ])
        text({ type: 'disconnect', reason, debug_info: hostileTexts });
      text({ type: 'disconnect' });
    },
  ],
  ['a close without a word', () => edge.frame(opcodes.close, '')],
  [
    'a frame that ends too early',
    () => {
      edge.frame(opcodes.text, '{"type":', { announced: 5_000 });
      edge.cut();
    },
  ],
  ['a frame of a kind that there is none', () => edge.frame(11, 'x')],
  ['half a character', () => edge.frame(opcodes.text, Buffer.from([0x22, 0xc3, 0x22]))],
];

test.each(partings)(
  '[6.4] after %s the bot comes back, and what was under way is not lost',
  async (_, part) => {
    const [command] = (await envelopes()).filter(({ type }) => type === 'slash_commands');
    const at = edge.connections();
    // Under way when the connection goes: Slack delivers again what was not acknowledged.
    const payload = { ...command?.payload, trigger_id: freshId() };
    const id = freshId();
    void edge.deliver('slash_commands', payload, id);
    part();
    await edge.back(at);
    await edge.deliver('slash_commands', payload, id);
    await alive();
    await judgeAll(stage, before);
    expect(edge.acknowledged.get(id)).toBeGreaterThan(0);
  },
  60_000,
);
