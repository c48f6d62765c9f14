import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DateTime } from 'luxon';
import { eventually } from '../support/eventually.ts';
import { type Program, startProgram } from '../support/program.ts';
import { buttonsOf, type SlackMessage, type SlackUser, textOf } from '../support/slack.ts';
import { type TeamsUser, textOf as textOfCard } from '../support/teams.ts';

const channel = 'C000000001';
const zone = 'Europe/Berlin';

let program: Program;
let ann: SlackUser;
let bo: SlackUser;
let rae: SlackUser;

beforeEach(async () => {
  const profile = { tz: zone, locale: 'en-US' };
  program = await startProgram({
    people: ['ann', 'bo', 'rae'].map((name) => ({ name, profile })),
    admins: ['rae@example.org', 'rita@example.org'],
    settings: { publicUrl: 'https://rooms.example.org' },
  });
  await program.room({ name: 'Alps', site: 'Berlin', reviewers: ['rae@example.org'] });
  const { slack } = program;
  [ann, bo, rae] = [slack.user('ann'), slack.user('bo'), slack.user('rae')];
});
afterEach(() => program.stop());

/** The Monday that follows after `weeks` more, at eight. */
const monday = (weeks: number): number =>
  DateTime.fromMillis(program.now(), { zone }).startOf('week').plus({ weeks }).set({ hour: 8 }).toMillis();

const jobs = () =>
  program.query<{ due_at: number }>(
    "SELECT due_at FROM outbox WHERE name = 'statistics.due' AND state = 'waiting'",
  );
const ended = () =>
  program.query<{ n: number }>('SELECT count(*) AS n FROM statistics_schedule WHERE ended_at IS NOT NULL')[0]
    ?.n;
const posts = () => program.slack.posts(channel);
const posted = (count: number) => eventually(() => expect(posts()).toHaveLength(count));

/** An approved meeting of this week. */
async function meet(its: Record<string, string> = {}): Promise<void> {
  const { slack } = program;
  await slack.command(ann, '/book');
  await slack.submit(ann, { topic: 'Review', date: program.day, start: '15:00', duration: '60', ...its });
  const request = await eventually(async () => {
    const found = (await slack.chat(rae)).find((it) => textOf(it).includes('asks for'));
    if (!found) throw new Error('not asked yet');
    return found;
  });
  await slack.click(rae, 'Approve', request);
}

/** What a channel is shown lasts for longer than what one person asked for. */
async function expectPicture(message: SlackMessage | undefined): Promise<void> {
  const image = message?.blocks.find((block) => block.type === 'image');
  const url = image && 'image_url' in image ? `${image.image_url}` : '';
  const open = () => fetch(url.replace('https://rooms.example.org', program.url));
  const response = await open();
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/png']);
  expect(image?.alt_text).toContain('Busiest: Tue 15:00 with 100%');
  expect(program.query('SELECT (expires_at - issued_at) / 86400000 AS days FROM published_file')).toEqual([
    { days: 90 },
  ]);
}

async function appoint(user: SlackUser, role: string): Promise<void> {
  const { slack } = program;
  await slack.command(rae, '/roles');
  await slack.click(rae, 'Give a role');
  await slack.submit(rae, { people: [user.id], role });
}

describe('on Slack', () => {
  test('[2.8] every Monday at eight the statistics are posted in the channel, once, also over a restart, until they are stopped', async () => {
    const { slack } = program;
    await slack.command(rae, `/stats weekly Berlin <#${channel}|facilities>`, rae.chat);
    expect(textOf(slack.ephemerals(rae).at(-1))).toContain('From now on I post them in #facilities');
    await posted(1);
    const [first] = posts();
    expect(textOf(first)).toContain('Statistics of last week');
    expect(textOf(first)).toContain('Berlin');
    expect(textOf(first)).toContain('every Monday, set up by rae');
    expect(first && buttonsOf(first)).toEqual([]);
    const next = monday(1);
    expect(jobs()).toEqual([{ due_at: next }]);
    await meet();

    await program.restart();
    program.moveTo(next - 60_000);
    await program.emptyRedis();
    expect(posts()).toHaveLength(1);
    program.moveTo(next);
    await posted(2);
    const week = DateTime.fromMillis(monday(-1), { zone, locale: 'en-US' });
    expect(textOf(posts()[1])).toContain(`${week.toFormat('ccc, LLL d, yyyy')} – `);
    expect(textOf(posts()[1])).toContain('Meetings: 1');
    await expectPicture(posts()[1]);
    await program.restart();
    await eventually(() => expect(jobs()).toEqual([{ due_at: monday(1) }]));
    expect(posts()).toHaveLength(2);

    await slack.command(rae, '/stats schedules', rae.chat);
    expect(textOf(slack.ephemerals(rae).at(-1))).toContain('#facilities, every Monday');
    await slack.click(rae, 'Stop');
    expect(textOf(slack.ephemerals(rae).at(-1))).toContain('no longer posted in #facilities');
    expect([jobs(), ended()]).toEqual([[], 1]);
    program.moveTo(monday(1));
    await slack.command(rae, '/stats schedules', rae.chat);
    expect(textOf(slack.ephemerals(rae).at(-1))).toContain('Nothing is posted regularly');
    expect(posts()).toHaveLength(2);
  });

  test('[2.8] typed in a channel it is for that one; in a chat with the bot a channel has to be named', async () => {
    const { slack } = program;
    await slack.command(rae, '/stats 每週', rae.chat);
    expect(textOf(slack.ephemerals(rae).at(-1))).toContain('Say in which channel');
    await slack.command(rae, '/stats weekly #nowhere', rae.chat);
    expect(textOf(slack.ephemerals(rae).at(-1))).toContain('I can’t tell which channel #nowhere is');
    await slack.command(rae, '/stats 每週');
    await posted(1);
    await slack.command(rae, '/stats weekly');
    expect(textOf(slack.ephemerals(rae).at(-1))).toContain(
      'posted in a channel whose name I can’t see already',
    );
    expect(jobs()).toHaveLength(1);
  });

  test('[6.2] only admins and supervisors have statistics posted, and who tried is recorded', async () => {
    const { slack } = program;
    await slack.command(bo, `/stats daily <#${channel}|facilities>`);
    expect(textOf(slack.ephemerals(bo).at(-1))).toMatch(/by admins and supervisors.*rule 6\.2/);
    await slack.command(bo, '/stats schedules');
    expect(textOf(slack.ephemerals(bo).at(-1))).toContain('rule 6.2');
    expect(
      program.query(
        "SELECT subject FROM audit WHERE kind = 'refused' AND subject LIKE 'command:statistics%'",
      ),
    ).toEqual([{ subject: 'command:statistics.every' }]);
    expect(posts()).toEqual([]);
  });

  test.each(['not_in_channel', 'channel_not_found', 'is_archived'])(
    '[2.8] where the bot can’t write (%s), whoever set it up hears it at once, and it ends; once it can, it is set up again',
    async (error) => {
      const { slack } = program;
      slack.fail({ method: 'chat.postMessage', error });
      await slack.command(rae, `/stats monthly <#${channel}|facilities>`, rae.chat);
      const told = await eventually(async () => {
        const found = (await slack.chat(rae)).find((it) =>
          textOf(it).includes('No more statistics in #facilities'),
        );
        if (!found) throw new Error('not told yet');
        return found;
      });
      expect(textOf(told)).toContain('Add me to it, then set it up again.');
      expect([jobs(), ended(), posts()]).toEqual([[], 1, []]);
      await slack.click(rae, 'Set up again', told);
      await posted(1);
      expect(jobs()).toHaveLength(1);
    },
  );

  test('[2.8] a post that Slack put off comes later', async () => {
    const { slack } = program;
    slack.fail({ method: 'chat.postMessage', error: 'ratelimited', status: 429, retryAfter: 1 });
    await slack.command(rae, `/stats daily <#${channel}|facilities>`, rae.chat);
    await posted(1);
    expect(jobs()).toHaveLength(1);
  });

  test('[2.8] it ends when whoever set it up loses the role, and the admins hear of it', async () => {
    const { slack } = program;
    await slack.command(bo, '/help');
    await appoint(bo, 'supervisor');
    await slack.command(bo, `/stats weekly <#${channel}|facilities>`, bo.chat);
    await posted(1);
    await slack.command(rae, '/roles');
    await slack.click(rae, 'Take away');
    program.moveTo(monday(1));
    const told = await eventually(async () => {
      const found = (await slack.chat(rae)).find((it) =>
        textOf(it).includes('No more statistics in #facilities'),
      );
      if (!found) throw new Error('not told yet');
      return found;
    });
    expect(textOf(told)).toContain('bo had set it up');
    expect([jobs(), ended()]).toEqual([[], 1]);
    expect(posts()).toHaveLength(1);
  });
});

describe('[2.8] the day at a glance', () => {
  beforeEach(async () => {
    for (let n = 0; n < 2; n++)
      await program.room({
        name: `Hall ${n}`,
        site: 'Berlin',
        capacity: 20 + n,
        reviewers: ['rae@example.org'],
      });
    // Of three rooms, the one that comes first by its name is taken.
    const [alps] = program.query<{ id: string }>("SELECT id FROM room WHERE name = 'Alps'");
    await meet({ room: alps?.id ?? '', start: '08:00', duration: '120' });
    program.moveTo(program.at('08:10', zone));
  });

  test('on Slack: the picture, and buttons that open the form with the free slot nearest to now', async () => {
    const { slack } = program;
    await slack.command(bo, '/rooms today');
    const card = await eventually(() => {
      const found = slack.ephemerals(bo).at(-1);
      if (!found) throw new Error('nothing shown');
      return found;
    });
    const free = ['Hall 0 08:15', 'Hall 1 08:15', 'Alps 10:00'];
    expect(buttonsOf(card).map((button) => button.text.text)).toEqual(free);
    const image = card.blocks.find((block) => block.type === 'image');
    expect(image?.alt_text).toContain('2 of 3 rooms are free now');
    await slack.click(bo, 'Hall 0 08:15', card);
    const form = slack.view(bo);
    expect(JSON.stringify(form.blocks)).toContain(`"initial_date":"${program.day}"`);
    await slack.submit(bo, { topic: 'Stand-up' });
    await eventually(() =>
      expect(
        program.query('SELECT r.name FROM booking b JOIN room r ON r.id = b.room ORDER BY b.number'),
      ).toEqual([{ name: 'Alps' }, { name: 'Hall 0' }]),
    );
  });

  test('on Teams: the same', async () => {
    const { teams } = program;
    const rita = teams.user('Rita', { zone });
    await teams.install(rita);
    await teams.say(rita, '/rooms today');
    expect(JSON.stringify(teams.last(rita).card)).toContain('2 of 3 rooms are free now');
    await teams.click(rita, teams.last(rita), 'Hall 0 08:15');
    await teams.click(rita, teams.last(rita), 'Request', { topic: 'Stand-up' });
    expect(
      program.query(
        'SELECT r.name, b.start_at FROM booking b JOIN room r ON r.id = b.room ORDER BY b.number',
      ),
    ).toMatchObject([{ name: 'Alps' }, { name: 'Hall 0', start_at: program.at('08:15', zone) }]);
  });
});

describe('on Teams', () => {
  const channelPosts = () =>
    program.teams.channel().filter((it) => textOfCard(it.card).includes('Statistics of last week'));

  test('[2.8] typed in a channel, they are posted there as messages of their own, once, until they are stopped', async () => {
    const { teams } = program;
    const rita: TeamsUser = teams.user('Rita', { zone });
    await teams.install(rita);
    await teams.say(rita, '/stats weekly Berlin', { channel: true });
    await eventually(() => expect(channelPosts()).toHaveLength(1));
    expect(textOfCard(teams.last(rita).card)).toContain('From now on I post them');
    expect(textOfCard(channelPosts()[0]?.card)).toContain('set up by Rita');
    await program.restart();
    program.moveTo(monday(1));
    await eventually(() => expect(channelPosts()).toHaveLength(2));
    await program.restart();
    await eventually(() => expect(jobs()).toEqual([{ due_at: monday(1) }]));
    expect(channelPosts()).toHaveLength(2);
    await teams.click(rita, teams.last(rita), 'Stop');
    expect(textOfCard(teams.last(rita).card)).toContain('no longer posted');
    expect([jobs(), ended()]).toEqual([[], 1]);
  });

  test('[2.8] a bot that was removed from the channel says so to whoever set it up', async () => {
    const { teams } = program;
    const rita = teams.user('Rita', { zone });
    await teams.install(rita);
    await teams.say(rita, '/stats weekly', { channel: true });
    await eventually(() => expect(channelPosts()).toHaveLength(1));
    teams.fail({ status: 403 });
    program.moveTo(monday(1));
    await eventually(() => expect(textOfCard(teams.last(rita).card)).toContain('No more statistics in'));
    expect([jobs(), ended()]).toEqual([[], 1]);
  });

  test('[2.8] in one’s own chat a channel can’t be named', async () => {
    const { teams } = program;
    const rita = teams.user('Rita', { zone });
    await teams.install(rita);
    await teams.say(rita, '/stats weekly');
    expect(textOfCard(teams.last(rita).card)).toContain('Say in which channel');
  });
});
