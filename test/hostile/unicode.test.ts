import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { type Program, startProgram } from '../support/program.ts';
import { type SlackUser, textOf } from '../support/slack.ts';
import { buttonsOf, type TeamsMessage, type TeamsUser } from '../support/teams.ts';
import { parserProblems } from '../support/teams-parser.ts';

/*
 * Texts that would be more than text, as topic, note, name of a room and name of a person, from one platform to the
 * other: they are shown as they were typed, and within the limits, which both emulated edges check.
 */

const evil = 'https://evil.example/x';
const texts = [
  'Z\u200b\u200d\u2060\ufeff invisible',
  '\u202Etxt.exe\u202C \u2066x',
  `Z${'\u0300'.repeat(140)}`,
  'half \ud83d of one \udc00',
  '👩‍👩‍👧‍👦'.repeat(13),
  'النص من اليمين إلى اليسار 混合 123',
  '<!channel> <!here> <@U000000001> <#C000000001|x>',
  `<${evil}|click> ${evil}`,
  '*b* _i_ ~s~ `c` :boom: ```x```',
  `[x](${evil}) ![i](${evil}.png) **b** # h`,
  '<at>Ann</at> <img src=x onerror=alert(1)> <b>b</b>',
  '{{DATE(2026-01-01T00:00:00Z)}} {{TIME(2026-01-01T00:00:00Z)}} \x24{x}',
  '&lt;!channel&gt; &amp; @channel @everyone',
  '- a\n- b\r\n> c',
];
const name = `<!channel> <at>Tom</at> [T](${evil}) \u202E*om*`;

let program: Program;
let tom: TeamsUser;
let reo: TeamsUser;

beforeAll(async () => {
  program = await startProgram({
    people: ['ann', 'rae'].map((it) => ({ name: it, profile: { tz: 'Europe/Berlin', locale: 'en-US' } })),
    admins: ['rae@example.org'],
    limits: { person: 1e6, workspace: 1e6, suggestions: 1e6, recorded: 5 },
  });
  const { teams } = program;
  tom = teams.user(name, { email: 'tom@example.org', zone: 'Europe/Berlin' });
  reo = teams.user('Reo', { zone: 'Europe/Berlin' });
  for (const user of [tom, reo]) await teams.install(user);
  for (const [n, text] of texts.entries())
    await program.room({
      name: `${n} ${text}`.toWellFormed().slice(0, 60),
      reviewers: ['rae@example.org', reo.email],
    });
});
afterAll(() => program.stop());

/** What somebody is told meanwhile is not the form. */
const openForm = (user: SlackUser) =>
  eventually(async () => {
    const shown = await program.slack.command(user, '/book');
    if (shown.kind !== 'view') throw new Error('no form was opened');
  });

/** The form stands above what came meanwhile. */
function requestForm(): TeamsMessage {
  const form = program.teams.messages(tom).findLast((it) => buttonsOf(it.card).includes('Request'));
  if (!form) throw new Error('no form was opened');
  return form;
}

const rooms = () => program.query<{ id: string; name: string }>('SELECT id, name FROM room ORDER BY rowid');

type Node = Record<string, unknown>;
/** Every object in something, however deep. */
const nodesIn = (value: unknown): Node[] =>
  typeof value !== 'object' || value === null
    ? []
    : [...(Array.isArray(value) ? [] : [value as Node]), ...Object.values(value).flatMap(nodesIn)];

/** What Slack would take for more than text. */
const activeInSlack = (shown: unknown): string[] =>
  nodesIn(shown).flatMap((node) => {
    if (['user', 'usergroup', 'broadcast', 'channel', 'emoji'].includes(`${node.type}`))
      return [JSON.stringify(node)];
    if (node.type === 'link' || node.type === 'mrkdwn')
      return [JSON.stringify(node)].filter((it) => /evil|<[@!#h]/.test(it));
    if (node.type === 'plain_text' && node.emoji !== false) return [JSON.stringify(node)];
    // A message's own text is the one place where Slack reads markup.
    return Array.isArray(node.blocks) && /<[@!#a-z]/i.test(`${node.text ?? ''}`) ? [`${node.text}`] : [];
  });

/** What Teams would take for more than text. */
const activeInTeams = (card: Node): string[] =>
  nodesIn(card).flatMap((node) => {
    const reads = node.type === 'TextBlock' || (node.title !== undefined && node.value !== undefined);
    const text = [node.text, node.value].filter((it) => typeof it === 'string').join(' ');
    const found = /\{\{(DATE|TIME)\(/i.test(text) || (reads && /evil|<at>|<img|\*\*b/.test(text));
    return found || node.entities !== undefined ? [JSON.stringify(node).slice(0, 300)] : [];
  });

/** Everything that anybody saw so far is checked. */
async function nothingTookEffect(): Promise<void> {
  const { slack, teams } = program;
  for (const user of ['ann', 'rae'].map(slack.user)) {
    const seen = [
      ...(await slack.chat(user)),
      ...slack.ephemerals(user),
      ...(slack.homes.get(user.id) ?? []),
    ];
    expect(seen.length).toBeGreaterThan(0);
    expect(activeInSlack(seen)).toEqual([]);
  }
  for (const user of [tom, reo])
    for (const { card } of teams.messages(user)) {
      expect(activeInTeams(card)).toEqual([]);
      expect(parserProblems(card)).toEqual([]);
      expect(JSON.stringify(card).isWellFormed()).toBe(true);
    }
}

test('[2.1] [2.2] topics, notes and names are shown as typed on both platforms, and never take effect', async () => {
  const { slack, teams, day } = program;
  const [ann, rae] = [slack.user('ann'), slack.user('rae')];
  for (const [n, topic] of texts.entries()) {
    const room = rooms()[n]?.id ?? '';
    const typed = {
      topic,
      note: topic,
      date: day,
      duration: '30',
      room,
    };
    await openForm(ann);
    const { view, errors } = (await slack.submit(ann, { ...typed, start: '10:00' })) as {
      view?: unknown;
      errors?: object;
    };
    if (view) expect(activeInSlack(view)).toEqual([]);
    expect(errors).toBeUndefined();
    await teams.say(tom, '/book');
    await teams.click(tom, requestForm(), 'Request', { ...typed, start: '12:00' });
  }
  const booked = program.query<{ topic: string }>('SELECT topic FROM booking');
  expect(booked).toHaveLength(2 * texts.length);
  await eventually(() => expect(teams.messages(reo).length).toBeGreaterThanOrEqual(2 * texts.length));
  await eventually(async () =>
    expect((await slack.chat(rae)).length).toBeGreaterThanOrEqual(2 * texts.length),
  );
  for (const command of ['/bookings', '/approvals', '/records', '/rooms', '/stats'])
    for (const user of [ann, rae]) {
      const shown = await slack.command(user, command);
      expect(activeInSlack(shown)).toEqual([]);
    }
  for (const command of ['bookings', 'approvals', 'records', 'rooms', 'home'])
    for (const user of [tom, reo]) await teams.say(user, command);
  await nothingTookEffect();
  // They are there, to be read.
  const read = textOf(await slack.chat(rae));
  for (const words of [evil, '<!channel>', '*b* _i_', '<at>Tom</at>']) expect(read).toContain(words);
}, 180_000);

test('[2.1] what is longer than there is room for is refused in words, whatever a letter is', async () => {
  const { slack, teams, day } = program;
  const ann = slack.user('ann');
  const { length } = program.query('SELECT 1 FROM booking');
  for (const unit of ['👩‍👩‍👧‍👦', 'e\u0301', '\u200b', '漢', '<'] as const) {
    const topic = `a${unit.repeat(1_000)}`;
    await openForm(ann);
    const answer = await slack.submit(ann, {
      topic,
      date: day,
      start: '14:00',
      duration: '30',
      room: rooms()[0]?.id ?? '',
    });
    expect(Object.keys((answer as { errors?: object }).errors ?? {})).toEqual(['topic']);
    await teams.say(tom, '/book');
    await teams.click(tom, requestForm(), 'Request', { topic, date: day, start: '14:00', duration: '30' });
    await slack.command(ann, `/book ${day} 2pm 30m ${topic}`);
    await teams.say(tom, `/book ${day} 2pm 30m ${topic}`);
  }
  expect(program.query('SELECT 1 FROM booking')).toHaveLength(length);
  await nothingTookEffect();
}, 120_000);
