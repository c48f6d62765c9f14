import { expect, test } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { about, by, named } from './pressing.ts';
import { formOf } from './stage.ts';
import { type Scene, staleCards } from './stale.ts';

/*
 * Invitations and reminders of a meeting that is over, was cancelled, or to which somebody is no longer invited.
 */

const presses = staleCards();

/** Ann's or Tom's meeting at nine in a room of its own, with Mallory or Mallet, approved. @returns its id */
async function meeting(scene: Scene, host: 'ann' | 'tom', name: string): Promise<string> {
  const { ann, mallory, tom, reo, mallet, program, slack, teams, day, query } = scene;
  await program.room({ name, reviewers: [reo.email] });
  const [{ id: room = '' } = {}] = query<{ id: string }>('SELECT id FROM room WHERE name = ?', name);
  const typed = { room, topic: name, date: day, start: '09:00', duration: '60' };
  if (host === 'ann') {
    await formOf(slack, ann);
    await slack.submit(ann, { ...typed, attendees: [mallory.id] });
  } else {
    await teams.say(tom, '/book');
    await teams.click(tom, teams.last(tom), 'Request', { ...typed, attendees: [mallet.aadObjectId] });
  }
  const [{ id = '' } = {}] = query<{ id: string }>('SELECT id FROM booking WHERE topic = ?', name);
  await scene.pressInTeams(reo, 'approval.approve', {}, id);
  return id;
}

test(
  '[2.7] [2.4] [2.5] invitations and reminders of what was cancelled, is over, or is not for them any more',
  presses(
    [
      'reminder.decline',
      'reminder.undecline',
      'reminder.late',
      'cancel.request',
      'change.end',
      'change.handOver',
    ],
    async (scene) => {
      const { all, press, pressInTeams, settled, stolen, wrongAmong } = scene;
      const { ann, mallory, tom, mallet, reo, program } = scene;
      const hers = await meeting(scene, 'ann', 'Basel');
      const his = await meeting(scene, 'tom', 'Chur');
      const over = [await meeting(scene, 'ann', 'Davos'), await meeting(scene, 'tom', 'Engelberg')];
      await settled();
      const theirs = async () =>
        (await all()).filter((it) => [hers, his, ...over].includes(it.data.booking ?? ''));
      const invited = named(await theirs(), 'reminder.decline');
      program.moveTo(program.at('08:45', 'Europe/Berlin'));
      await eventually(async () =>
        expect(new Set(named(await all(), 'reminder.late').map((it) => it.of))).toEqual(
          new Set(['ann', 'mallory', 'Tom', 'Mallet']),
        ),
      );
      await settled();
      const first = await theirs();
      const reminders = first.filter((it) => it.command.startsWith('reminder.'));
      expect(
        await wrongAmong([...invited, ...reminders], /out of date/, { booking: 'another-workspace' }),
      ).toEqual([]);
      expect(
        await wrongAmong([...by('mallory', reminders), ...by('Mallet', reminders)], /out of date/, {
          booking: scene.hers,
        }),
      ).toEqual([]);

      const taken = [
        ...by('Mallet', await stolen(by('ann', reminders))),
        ...by('mallory', await stolen(by('Tom', reminders))),
      ];
      expect(await wrongAmong(taken, /out of date/)).toEqual([]);

      // Declined, said twice, and taken back.
      await press(mallory, 'reminder.decline', {}, hers);
      await pressInTeams(mallet, 'reminder.decline', {}, his);
      const declined = [...by('mallory', about(reminders, hers)), ...by('Mallet', about(reminders, his))];
      expect(await wrongAmong(named(declined, 'reminder.decline'), /You are not coming/)).toEqual([]);
      expect(await wrongAmong(named(declined, 'reminder.late'), /said that you can’t come/)).toEqual([]);
      expect(
        await wrongAmong(
          named([...by('ann', about(reminders, hers)), ...by('Tom', about(reminders, his))], 'reminder.late'),
          /Nobody else is coming/,
        ),
      ).toEqual([]);
      const undecline = named(await theirs(), 'reminder.undecline');
      await press(mallory, 'reminder.undecline');
      await pressInTeams(mallet, 'reminder.undecline');
      expect(await wrongAmong(undecline, /You are coming/)).toEqual([]);
      await press(mallory, 'reminder.late', { minutes: '10' }, hers);
      expect(
        await wrongAmong(named(by('mallory', about(reminders, hers)), 'reminder.late'), /heard that already/),
      ).toEqual([]);

      // No longer invited.
      await pressInTeams(tom, 'change.open', {}, his);
      await pressInTeams(tom, 'change.submit', { attendees: [] });
      const uninvited = [...by('Mallet', about([...invited, ...reminders, ...undecline], his))];
      expect(await wrongAmong(uninvited, /out of date/)).toEqual([]);

      // Cancelled, and over.
      await press(ann, 'cancel.request', { reason: 'Ill' }, hers);
      await pressInTeams(reo, 'cancel.confirm', {}, hers);
      const second = await theirs();
      const ended = [...invited, ...first, ...undecline, ...second];
      expect(
        await wrongAmong(
          about(ended, hers),
          /ended already|does not take place|no cancellation that waits|decided already/,
        ),
      ).toEqual([]);
      program.moveTo(program.at('10:00', 'Europe/Berlin'));
      expect(
        await wrongAmong(
          over.flatMap((it) => about(ended, it)),
          /ended already|has begun/,
        ),
      ).toEqual([]);
    },
  ),
  120_000,
);
