import { expect, test } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import type { OldButton } from './old-buttons.ts';
import { by, named } from './pressing.ts';
import { type Scene, staleCards } from './stale.ts';

/*
 * What Ann in Slack and Tom in Teams had before them as admins, pressed when they are admins no more. Rae makes Ann
 * one, and Reo Tom.
 */

const presses = staleCards({ adminEmails: ['rae@example.org', 'reo@example.org'] });

async function appoint({ ann, rae, tom, reo, slack, teams, press, pressInTeams }: Scene): Promise<void> {
  await slack.command(rae, '/roles', rae.chat);
  await press(rae, 'people.roleForm', { people: [ann.id], role: 'admin' });
  await teams.say(reo, '/roles');
  await pressInTeams(reo, 'people.roleForm');
  await pressInTeams(reo, 'people.giveRole', { people: [tom.aadObjectId], role: 'admin' });
}

async function dismiss(scene: Scene): Promise<void> {
  const { rae, reo, slack, teams, press, pressInTeams } = scene;
  await slack.command(rae, '/roles', rae.chat);
  await press(rae, 'people.takeRole', {}, person(scene, 'ann'));
  await teams.say(reo, '/roles');
  await pressInTeams(reo, 'people.takeRole', {}, person(scene, 'Tom'));
}

const person = ({ query }: Scene, name: string): string =>
  query<{ id: string }>('SELECT id FROM person WHERE name = ?', name)[0]?.id ?? '';

test(
  '[6.2] cards and forms of admins are of no use to those who are none any more',
  presses(
    [
      'people.giveRole',
      'people.takeRole',
      'people.setDepartment',
      'rooms.save',
      'rules.move',
      'rules.removeRule',
      'rules.saveLimits',
      'rules.saveRule',
      'records.export',
      'calendar.renew',
      'calendar.remove',
    ],
    async (scene) => {
      const { ann, rae, tom, slack, teams, click, pressInTeams } = scene;
      const { formInSlack, formInTeams, standing, stolen, wrongAmong } = scene;
      const left: OldButton[] = [];
      const open = async (line: string, ...buttons: string[]) => {
        await slack.command(ann, line, ann.chat);
        await teams.say(tom, line);
        for (const command of buttons) {
          await click(ann, command);
          await pressInTeams(tom, command);
        }
      };
      const leave = async (command: string, filled: Record<string, string>, people?: string) => {
        const [hers, his] = people ? [{ [people]: [ann.id] }, { [people]: [tom.aadObjectId] }] : [];
        left.push(await formInSlack(ann, { ...filled, ...hers }));
        left.push(await formInTeams(tom, command, { ...filled, ...his }));
      };
      await appoint(scene);
      for (const name of ['One', 'Two']) {
        await slack.command(rae, '/rules', rae.chat);
        await click(rae, 'rules.approval');
        await click(rae, 'rules.addRule');
        await slack.submit(rae, { name, decision: 'ask' });
      }
      await open('/roles', 'people.roleForm');
      await leave('people.giveRole', { role: 'supervisor' }, 'people');
      await open('/departments', 'people.departmentForm');
      await leave('people.setDepartment', { department: 'Sales' }, 'people');
      await open('/rooms edit Alps');
      await leave('rooms.save', { capacity: '9' });
      await open('/rules', 'rules.limits');
      await leave('rules.saveLimits', { horizonDays: '30' });
      await open('/rules', 'rules.approval', 'rules.addRule');
      await leave('rules.saveRule', { name: 'Late', decision: 'ask' });
      await open('/rules', 'rules.approval');
      await open('/records Alps');
      await open('/calendar Alps', 'calendar.renew');
      await open('/roles');
      const theirs = [...by('ann', await standing()), ...by('Tom', await standing())];
      await dismiss(scene);
      const admins = named(theirs, 'people.takeRole', 'rules.move', 'rules.removeRule');
      expect(await wrongAmong([...left, ...admins], /Only an admin/)).toEqual([]);
      const exported = named(theirs, 'records.export');
      expect(await wrongAmong(exported, /exported by admins, supervisors and reviewers/)).toEqual([]);
      const addresses = named(theirs, 'calendar.renew', 'calendar.remove');
      expect(await wrongAmong(addresses, /for its reviewers and the admins/)).toEqual([]);
      const words = /Only an admin|exported by|for its reviewers/;
      expect(await wrongAmong(await stolen([...admins, ...exported, ...addresses]), words, {})).toEqual([]);
    },
  ),
  60_000,
);

test(
  '[2.8] [6.2] statistics that were stopped, are posted already, or are of those who may not any more',
  presses(['statistics.every', 'statistics.again', 'statistics.stop'], async (scene) => {
    const { ann, rae, mallory, tom, slack, program, press } = scene;
    const { line, standing, stolen, wrongAmong } = scene;
    const appointed = { people: [mallory.id], role: 'supervisor' };
    await slack.command(rae, '/roles', rae.chat);
    await press(rae, 'people.roleForm', appointed);
    await appoint(scene);
    await line(mallory, 'statistics.every', '/stats daily', true).press();
    const lines = [ann, tom].map((user) => line(user, 'statistics.every', '/stats weekly', true));
    for (const it of lines) await it.press();
    expect(await wrongAmong(lines, /They are posted in .* already/)).toEqual([]);

    const stop = await standing('statistics.stop');
    expect(await wrongAmong(stop, /out of date/, { schedule: 'another-workspace' })).toEqual([]);
    const ids = scene.query<{ id: string }>("SELECT id FROM statistics_schedule WHERE every = 'week'");
    expect(ids).toHaveLength(2);
    for (const { id } of ids) await press(ann, 'statistics.stop', {}, id);
    const stopped = stop.filter((it) => ids.some(({ id }) => it.data.schedule === id));
    expect(await wrongAmong(stopped, /was stopped before/)).toEqual([]);
    for (const it of lines) await it.press();
    expect(await wrongAmong(stopped, /was stopped before/)).toEqual([]);

    // Mallory's end with her role, and every admin may set them up again: the first of them does.
    const hers = person(scene, 'mallory');
    await slack.command(rae, '/roles', rae.chat);
    await press(rae, 'people.takeRole', {}, hers);
    program.moveTo(program.at('09:00', 'Europe/Berlin'));
    const again = await eventually(async () => {
      const found = await standing('statistics.again');
      expect(new Set(found.map((it) => it.of))).toEqual(new Set(['ann', 'rae', 'Tom', 'Reo']));
      return found;
    });
    expect(await wrongAmong(again, /out of date/, { schedule: 'another-workspace' })).toEqual([]);
    await press(rae, 'statistics.again');
    expect(await wrongAmong(again, /They are posted in .* already/)).toEqual([]);

    await dismiss(scene);
    const theirs = [...lines, ...by('ann', [...stop, ...again]), ...by('Tom', [...stop, ...again])];
    expect(await wrongAmong(theirs, /by admins and supervisors/)).toEqual([]);
    expect(await wrongAmong(await stolen([...stop, ...again]), /by admins and supervisors/, {})).toEqual([]);
  }),
  60_000,
);
