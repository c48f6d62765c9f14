import { expect, test } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { by } from './pressing.ts';
import { type Scene, staleCards } from './stale.ts';

/*
 * What admins and those who are away set, pressed when it has been set otherwise by another admin, and absences that
 * have ended. Rae is an admin in Slack, and Reo in Teams.
 */

const presses = staleCards({ adminEmails: ['rae@example.org', 'reo@example.org'] });

const approvalRules = async ({ rae, reo, slack, teams, click, pressInTeams }: Scene) => {
  await slack.command(rae, '/rules', rae.chat);
  await click(rae, 'rules.approval');
  await teams.say(reo, '/rules');
  await pressInTeams(reo, 'rules.approval');
};

test(
  '[2.2] [10.2] buttons and forms of an older version of the rules change nothing',
  presses(['rules.move', 'rules.removeRule', 'rules.saveLimits', 'rules.saveRule'], async (scene) => {
    const { rae, reo, slack, teams, click, formInSlack, formInTeams, pressInTeams } = scene;
    const { standing, stolen, wrongAmong } = scene;
    const add = async (name: string) => {
      await approvalRules(scene);
      await click(rae, 'rules.addRule');
      expect(await slack.submit(rae, { name, decision: 'ask' })).toHaveProperty('view');
    };
    await slack.command(rae, '/rules', rae.chat);
    await click(rae, 'rules.limits');
    await teams.say(reo, '/rules');
    await pressInTeams(reo, 'rules.limits');
    const limits = { horizonDays: '30' };
    const left = [await formInSlack(rae, limits), await formInTeams(reo, 'rules.saveLimits', limits)];
    await approvalRules(scene);
    await click(rae, 'rules.addRule');
    await pressInTeams(reo, 'rules.addRule');
    const late = { name: 'Late', decision: 'ask' };
    left.push(await formInSlack(rae, late), await formInTeams(reo, 'rules.saveRule', late));
    await add('One');
    await add('Two');
    await approvalRules(scene);
    const buttons = await standing('rules.move', 'rules.removeRule');
    for (const name of ['rae', 'Reo'])
      expect(new Set(by(name, buttons).map((it) => `${it.command} ${it.data.to}`)).size).toBe(3);
    await add('Three');
    expect(await wrongAmong(buttons, /Nothing was done: rae has made version/)).toEqual([]);
    expect(await wrongAmong(left, /has made version .* since this form was opened/)).toEqual([]);
    expect(await wrongAmong(await stolen(buttons), /Only an admin/, {})).toEqual([]);
  }),
  60_000,
);

test(
  '[6.2] forms of a room that another admin has changed or added since, or that never was here',
  presses(['rooms.save'], async (scene) => {
    const { rae, reo, slack, teams, formInSlack, formInTeams, stolen, wrongAmong } = scene;
    const bern = { name: 'Bern', site: 'Berlin', capacity: '4' };
    const open = async (line: string) => {
      await slack.command(rae, line);
      await teams.say(reo, line);
    };
    await open('/rooms edit Alps');
    const left = [
      await formInSlack(rae, { capacity: '9' }),
      await formInTeams(reo, 'rooms.save', { capacity: '9' }),
    ];
    await open('/rooms add');
    const added = [
      await formInSlack(rae, { ...bern, reviewers: [rae.id] }),
      await formInTeams(reo, 'rooms.save', { ...bern, reviewers: [reo.aadObjectId] }),
    ];

    // Taken out of use, which a form that knows nothing of it would undo.
    await slack.command(rae, '/rooms edit Alps');
    await slack.submit(rae, { active: false });
    await slack.command(rae, '/rooms add');
    await slack.submit(rae, { ...bern, reviewers: [rae.id] });
    const rooms = () =>
      scene.query<{ name: string; active: number }>('SELECT name, active FROM room ORDER BY name');
    await eventually(() =>
      expect(rooms()).toEqual([
        { name: 'Alps', active: 0 },
        { name: 'Bern', active: 1 },
      ]),
    );
    expect(await wrongAmong(left, /Alps has been changed since .* changes: Capacity and In use/)).toEqual([]);
    expect(await wrongAmong(added, /There is a room of this name at this site already/)).toEqual([]);
    expect(await wrongAmong(left, /no longer there/, { room: 'another-workspace' })).toEqual([]);
    expect(await wrongAmong(await stolen(left), /Only an admin/, {})).toEqual([]);
  }),
  60_000,
);

test(
  '[6.2] a role that has been given or taken before, or that nobody here has',
  presses(['people.giveRole', 'people.takeRole'], async (scene) => {
    const { ann, rae, tom, reo, slack, teams, press, pressInTeams, click } = scene;
    const { formInSlack, formInTeams, standing, stolen, wrongAmong } = scene;
    const role = 'supervisor';
    const list = async () => {
      await slack.command(rae, '/roles', rae.chat);
      await teams.say(reo, '/roles');
    };
    await list();
    const toAnn = { people: [ann.id], role };
    const toTom = { people: [tom.aadObjectId], role };
    await click(rae, 'people.roleForm');
    await pressInTeams(reo, 'people.roleForm');
    const left = [await formInSlack(rae, toAnn), await formInTeams(reo, 'people.giveRole', toTom)];
    await press(rae, 'people.roleForm', toAnn);
    await pressInTeams(reo, 'people.roleForm');
    await pressInTeams(reo, 'people.giveRole', toTom);
    expect(await wrongAmong(left, /has the role Supervisor already/)).toEqual([]);
    await list();
    const taking = await standing('people.takeRole');
    expect(await wrongAmong(taking, /out of date/, { person: 'another-workspace' })).toEqual([]);
    expect(await wrongAmong(await stolen(taking), /Only an admin/, {})).toEqual([]);
    for (const person of new Set(taking.map((it) => it.data.person)))
      await press(rae, 'people.takeRole', {}, person);
    expect(await wrongAmong(taking, /does not have the role Supervisor any more/)).toEqual([]);
  }),
  60_000,
);

test(
  '[7.1] absences that have ended, are somebody else’s, or are entered already',
  presses(['duties.save', 'duties.end', 'duties.back'], async (scene) => {
    const { ann, rae, mallory, tom, slack, teams, day, press, pressInTeams } = scene;
    const { formInSlack, formInTeams, line, standing, stolen, wrongAmong } = scene;
    const days = { from: day, until: day };
    await slack.command(rae, '/duties away', rae.chat);
    const left = [await formInSlack(rae, { ...days, substitute: ann.id })];
    await slack.command(rae, '/duties away', rae.chat);
    await slack.submit(rae, { ...days, substitute: ann.id });
    const typed = { ...days, substitute: [scene.mallet.aadObjectId] };
    await teams.say(tom, '/duties away');
    left.push(await formInTeams(tom, 'duties.save', typed));
    await teams.say(tom, '/duties away');
    await pressInTeams(tom, 'duties.save', typed);
    await slack.command(mallory, '/duties', mallory.chat);
    await slack.command(rae, '/duties', rae.chat);
    const ending = await standing('duties.end');
    const notHis = by('Tom', ending);
    const [his = ''] = notHis.map((it) => it.data.substitution);
    const [hers = ''] = ending.map((it) => it.data.substitution ?? '').filter((it) => it !== his);
    expect(await wrongAmong(ending, /out of date/, { substitution: 'another-workspace' })).toEqual([]);
    expect(await wrongAmong(await stolen(ending), /out of date/, {})).toEqual([]);
    expect(await wrongAmong(notHis, /out of date/, { substitution: hers })).toEqual([]);
    expect(await wrongAmong(left, /overlaps with the time/)).toEqual([]);
    await press(rae, 'duties.end', {}, hers);
    await pressInTeams(tom, 'duties.end');
    expect(await wrongAmong(ending, /out of date/)).toEqual([]);
    const back = [rae, tom].map((user) => line(user, 'duties.back', '/duties back'));
    expect(await wrongAmong(back, /You are not away/)).toEqual([]);
  }),
  60_000,
);
