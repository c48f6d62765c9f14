import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { cardOf, noteOf, rowOf, textOf } from '../../../test/support/answers.ts';
import { createWorld, type Someone, type World } from '../../../test/support/world.ts';
import { day } from '../../core/clock.ts';
import type { Place, Posting } from '../../core/feature.ts';
import { createReader } from '../../i18n/reader.ts';
import { account } from '../people/schema.ts';
import { addSchedule, runningSchedules } from './schedules.ts';

const place = (name: string): Place => ({
  platform: 'slack',
  tenant: 'T1',
  conversation: name,
  name: `#${name}`,
});

let world: World;
let ida: Someone;
let sue: Someone;
beforeEach(async () => {
  world = await createWorld({ admins: ['ida@example.org'] });
  [ida, sue] = [await world.person('Ida'), await world.person('Sue', { zone: 'Asia/Taipei' })];
  await world.room({ name: 'Alps', site: 'Berlin', reviewers: [ida] });
  await world.say(sue, 'help');
  await role(true);
});
afterEach(() => world.stop());

const role = (has: boolean) =>
  has
    ? world.act(ida, {
        command: 'people.giveRole',
        values: { people: [sue.caller.userId], role: 'supervisor' },
      })
    : world.act(ida, { command: 'people.takeRole', data: { person: sue.person, role: 'supervisor' } });

/** Typed in a channel, which it may name. */
const say = (who: Someone, text: string, name = 'facilities') =>
  world.dispatch.say({ ...who.caller, place: place(name) }, text, `said-${text}-${name}-${Math.random()}`);
const waiting = async (name: string) =>
  (await world.outbox()).filter((row) => row.name === name && row.state === 'waiting');
const running = () => runningSchedules(world.db.read);

/** The post that waits, as the delivery would make it. */
async function posting(at = 0): Promise<Posting | null> {
  const row = (await waiting('statistics.post'))[at];
  const make = world.registry.posts.get('statistics.post');
  if (!row || !make) throw new Error('nothing waits to be posted');
  return make({ tx: world.db.read, now: world.now() }, row.data);
}
const due = async () => {
  const [row] = await waiting('statistics.due');
  world.moveTo(row?.dueAt ?? 0);
  await world.run('statistics.due', row?.data ?? {});
};

describe('[2.8] statistics in a channel', () => {
  test('what is posted and the next time are written together, on the clock of whoever set it up', async () => {
    await say(sue, 'stats weekly Berlin');
    expect((await waiting('statistics.post')).map((row) => row.data)).toMatchObject([
      { from: '2026-11-23', until: '2026-11-29' },
    ]);
    const [job] = await waiting('statistics.due');
    expect(new Date(job?.dueAt ?? 0).toISOString()).toBe('2026-12-07T00:00:00.000Z');
    await due();
    expect((await waiting('statistics.post')).map((row) => row.data.from)).toEqual([
      '2026-11-23',
      '2026-11-30',
    ]);
    const jobs = (await waiting('statistics.due')).map((row) => new Date(row.dueAt).toISOString());
    expect(jobs).toContain('2026-12-14T00:00:00.000Z');
  });

  test('after a time of which nothing ran, only the last week is posted', async () => {
    await say(sue, 'stats weekly');
    const [job] = await waiting('statistics.due');
    world.moveTo((job?.dueAt ?? 0) + 16 * day);
    await world.run('statistics.due', job?.data ?? {});
    expect((await waiting('statistics.post')).map((row) => row.data.from)).toEqual([
      '2026-11-23',
      '2026-12-14',
    ]);
    expect(await waiting('statistics.due')).toHaveLength(2);
  });

  test('says what is counted, for whom it is posted, and offers no buttons', async () => {
    await say(sue, 'stats monthly Berlin');
    const posted = await posting();
    expect(posted).toMatchObject({ to: place('facilities'), language: 'en', zone: 'Asia/Taipei' });
    const card = await posted?.card(createReader('en', 'Asia/Taipei', world.now()));
    expect(card?.text).toEqual(['Sun, Nov 1, 2026 – Mon, Nov 30, 2026 · Berlin']);
    expect(card?.footnote).toContain('on the 1st of every month, set up by Sue');
    expect(card?.actions).toBeUndefined();
    expect(card?.rows?.flatMap((row) => row.actions ?? [])).toEqual([]);
    expect(card?.rows?.map((row) => row.title)).not.toContain('Hours by department');
  });

  test('[6.2] a department is counted only where it was named', async () => {
    await world.act(ida, {
      command: 'people.setDepartment',
      data: { token: 'form-1' },
      values: { people: [sue.caller.userId], department: 'Sales' },
    });
    await say(sue, 'stats weekly Sales');
    expect((await running()).map((it) => it.department)).toEqual(['Sales']);
    await say(sue, 'stats weekly', 'other');
    expect(new Set((await running()).map((it) => it.department))).toEqual(new Set(['Sales', null]));
    const card = await (await posting())?.card(createReader('en', 'Asia/Taipei', world.now()));
    expect(card?.text?.[0]).toContain('· Sales');
  });

  test('the same is not set up twice; another interval, scope or channel is', async () => {
    for (const text of ['stats weekly', 'stats weekly', 'stats 每週', 'stats daily', 'stats weekly Berlin'])
      await say(sue, text);
    await say(sue, 'stats weekly', 'other');
    expect(await running()).toHaveLength(4);
    expect(await waiting('statistics.post')).toHaveLength(4);
  });

  test('what is not understood is said, and nothing is set up', async () => {
    expect(noteOf(await say(sue, 'stats weekly Atlantis'))).toContain('“Atlantis”');
    expect(noteOf(await say(sue, 'stats weekly #elsewhere'))).toContain('#elsewhere');
    expect(noteOf(await world.say(sue, 'stats weekly'))).toContain('Say in which channel');
    expect(await running()).toEqual([]);
  });

  test('a channel that is named comes before the one in which it was typed', async () => {
    const caller = { ...sue.caller, place: place('here') };
    await world.dispatch.say(caller, 'stats weekly #there Berlin', 'named', {
      channels: { there: place('there') },
    });
    expect((await running()).map((it) => [it.place.conversation, it.site])).toEqual([['there', 'Berlin']]);
  });
});

describe('[2.8] they end', () => {
  test('by the button, for anybody who may set them up; what waits is taken back', async () => {
    await say(sue, 'stats weekly');
    const list = cardOf(await world.say(ida, 'stats schedules'));
    expect(textOf(list)).toContain('set up by Sue');
    const stopped = cardOf(await world.press(ida, rowOf(list, '#facilities, every Monday'), 'Stop'));
    expect(stopped.banner?.text).toBe('They are no longer posted in #facilities.');
    expect([await running(), await waiting('statistics.due'), await waiting('statistics.post')]).toEqual([
      [],
      [],
      [],
    ]);
    await world.press(ida, rowOf(list, '#facilities, every Monday'), 'Stop');
    expect((await world.audit()).filter((it) => it.kind === 'statistics.unscheduled')).toHaveLength(1);
  });

  test('[6.2] not by whoever may not set them up', async () => {
    await say(sue, 'stats weekly');
    const list = cardOf(await world.say(ida, 'stats schedules'));
    await role(false);
    const pressed = await world.press(sue, rowOf(list, '#facilities, every Monday'), 'Stop');
    expect(noteOf(pressed)).toContain('rule 6.2');
    expect(await running()).toHaveLength(1);
  });

  test.each([
    ['loses the role', () => role(false)],
    [
      'is gone',
      () => world.db.transact(async (tx) => void (await tx.update(account).set({ kind: 'guest' }))),
    ],
  ])(
    'when whoever set it up %s: nothing is posted, the admins are told, it is recorded',
    async (_, happens) => {
      await say(sue, 'stats weekly');
      expect(await posting()).not.toBeNull();
      await happens();
      expect(await posting()).toBeNull();
      expect(await world.told(due)).toEqual(['Ida: statistics.ended']);
      expect([await running(), await waiting('statistics.due'), await waiting('statistics.post')]).toEqual([
        [],
        [],
        [],
      ]);
      const told = await world.sent(
        ida,
        'statistics.ended',
        (await waiting('statistics.ended'))[0]?.data ?? {},
      );
      expect([told?.title, told?.text?.[0]]).toEqual([
        'No more statistics in #facilities',
        expect.stringContaining('Sue had set it up'),
      ]);
      expect((await world.audit()).map((it) => [it.kind, it.actor])).toContainEqual([
        'statistics.unscheduled',
        'notAllowed',
      ]);
    },
  );

  test('when the bot may not write there, once, and whoever set it up is told', async () => {
    await say(sue, 'stats weekly');
    const posted = await posting();
    const barred = () => world.db.transact(async (tx) => posted?.barred(tx, world.now()));
    expect(await world.told(barred)).toEqual(['Sue: statistics.ended']);
    expect(await world.told(barred)).toEqual([]);
    expect(await running()).toEqual([]);
  });

  test('a job that comes after the end does nothing', async () => {
    await say(sue, 'stats weekly');
    const [job] = await waiting('statistics.due');
    await world.press(
      sue,
      rowOf(cardOf(await world.say(sue, 'stats schedules')), '#facilities, every Monday'),
      'Stop',
    );
    expect(await world.told(() => world.run('statistics.due', job?.data ?? {}))).toEqual([]);
  });
});

test('[2.8] the list has pages', async () => {
  const scope = { site: null, room: null, department: null };
  await world.db.transact(async (tx) => {
    for (let n = 0; n < 9; n++)
      await addSchedule(tx, n, { by: sue.person, place: place(`c${n}`), every: 'day', scope }, 'Asia/Taipei');
  });
  const first = cardOf(await world.say(sue, 'stats schedules'));
  expect([first.rows?.length, first.footnote]).toEqual([8, 'Page 1 of 2']);
  const second = cardOf(await world.press(sue, first, 'Next page'));
  expect(second.rows?.map((row) => row.title)).toEqual(['#c8, every working day']);
});
