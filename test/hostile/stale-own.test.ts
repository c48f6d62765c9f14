import { expect, test } from '@jest/globals';
import type { OldButton } from './old-buttons.ts';
import { by } from './pressing.ts';
import { formOf } from './stage.ts';
import { type Scene, staleCards } from './stale.ts';

/*
 * What people do for themselves: requests, calendars, presets. It is sent when the room is gone, the time taken or over,
 * the address another one; and in the end all of it by those who have become guests.
 */

const presses = staleCards({
  smtp: { url: 'smtp://127.0.0.1:9', from: { name: 'Rooms', address: 'rooms@example.org' } },
});

/** Ann types a line in Slack, and Tom in Teams. */
async function say({ ann, tom, slack, teams }: Scene, line: string): Promise<void> {
  await slack.command(ann, line, ann.chat);
  await teams.say(tom, line);
}

/** Whether a room is in use, as Rae sets it. */
async function setInUse({ rae, slack }: Scene, room: string, active: boolean): Promise<void> {
  await slack.command(rae, `/rooms edit ${room}`);
  await slack.submit(rae, { active });
}

/** That they are shown what is free instead, and that nothing was. */
const shown = ['booking_draft', 'refused_request', 'told'];

test(
  '[2.1] what is free instead of a booking that was rejected: somebody else’s, or of a room that is gone',
  presses(['draft.fromBooking'], async (scene) => {
    const { rae, hers, his, press, standing, stolen, wrongAmong } = scene;
    for (const id of [hers, his]) await press(rae, 'approval.reject', { reason: 'Painters' }, id);
    const buttons = await standing('draft.fromBooking');
    expect(await wrongAmong(buttons, /out of date/, { booking: 'another-workspace' })).toEqual([]);
    expect(await wrongAmong(by('Tom', buttons), /out of date/, { booking: hers })).toEqual([]);
    expect(await wrongAmong(await stolen(buttons), /out of date/, {})).toEqual([]);
    await setInUse(scene, 'Alps', false);
    expect(
      await wrongAmong(buttons, /Alps is not in use; please choose another room/, undefined, shown),
    ).toEqual([]);
    await setInUse(scene, 'Alps', true);
  }),
  60_000,
);

test(
  '[2.1] requests for a room that is gone, a time that is taken or over, or from somebody else’s draft',
  presses(['booking.request'], async (scene) => {
    const { ann, tom, mallory, slack, teams, day, program, press, query } = scene;
    const { formInSlack, formInTeams, wrongAmong } = scene;
    const [{ id: room = '' } = {}] = query<{ id: string }>('SELECT id FROM room');
    const typed = { room, topic: 'Retro', date: day, start: '09:00', duration: '60' };
    const open = async () => {
      await formOf(slack, ann);
      await teams.say(tom, '/book');
      return [await formInSlack(ann, typed), await formInTeams(tom, 'booking.request', { ...typed })];
    };
    const left = await open();
    const late = await open();
    expect(await wrongAmong(left, /Please choose a room/, { room: 'another-workspace' })).toEqual([]);
    await setInUse(scene, 'Alps', false);
    expect(await wrongAmong(left, /Alps is not in use; please choose another room/)).toEqual([]);
    await setInUse(scene, 'Alps', true);

    await slack.command(mallory, `/book ${day} 9am 1h Alps planning`, mallory.chat);
    await press(mallory, 'draft.book');
    const hers = () => query<{ id: string }>('SELECT * FROM booking_draft WHERE booking IS NOT NULL');
    const before = hers();
    const draft = before[0]?.id ?? '';
    expect(await wrongAmong(left, /Alps is taken until/, { draft, token: 'another' }, shown)).toEqual([]);
    expect(await wrongAmong(left, /Alps is taken until/, undefined, shown)).toEqual([]);
    expect(hers()).toEqual(before);

    program.moveTo(program.at('09:00', 'Europe/Berlin'));
    expect(await wrongAmong(late, /That moment has passed/)).toEqual([]);
  }),
  60_000,
);

test(
  '[2.1] presets with a room that is gone',
  presses(['defaults.save'], async (scene) => {
    const { ann, tom, rae, program, click, pressInTeams, query } = scene;
    const { formInSlack, formInTeams, wrongAmong } = scene;
    await program.room({ name: 'Bern', reviewers: [rae.email] });
    const [{ id: room = '' } = {}] = query<{ id: string }>("SELECT id FROM room WHERE name = 'Bern'");
    await say(scene, '/home');
    await click(ann, 'defaults.edit');
    await pressInTeams(tom, 'defaults.edit');
    const left = [await formInSlack(ann, { room }), await formInTeams(tom, 'defaults.save', { room })];
    await setInUse(scene, 'Bern', false);
    expect(await wrongAmong(left, /That room is not in use any more/)).toEqual([]);
    expect(await wrongAmong(left, /That room is not in use any more/, { room: 'another-workspace' })).toEqual(
      [],
    );
  }),
  60_000,
);

test(
  '[2.3] calendar addresses that have been made, renewed or removed since, and e-mail that is on already',
  presses(['calendar.renew', 'calendar.remove', 'calendar.mail'], async (scene) => {
    const { ann, tom, press, pressInTeams, standing, stolen, wrongAmong } = scene;
    const both = async (command: string, id?: string) => {
      await press(ann, command, {}, id);
      await pressInTeams(tom, command, {}, id);
    };
    await say(scene, '/calendar');
    const old = await standing('calendar.renew', 'calendar.remove');
    const mails = await standing('calendar.mail');
    await both('calendar.mail');
    expect(await wrongAmong(mails, /From now on you get invitations by e-mail/)).toEqual([]);
    await both('calendar.mail', '"off"');
    await both('calendar.renew');
    const changed = /Your address has changed since/;
    expect(await wrongAmong(old, changed)).toEqual([]);
    expect(await wrongAmong(old, /for its reviewers/, { room: 'another-workspace' })).toEqual([]);
    old.push(...(await standing('calendar.renew', 'calendar.remove')));
    await both('calendar.renew');
    expect(await wrongAmong(old, changed)).toEqual([]);
    old.push(...(await standing('calendar.renew', 'calendar.remove')));
    await both('calendar.remove');
    // Those that show none are right again.
    const gone = old.filter((it) => it.data.feed !== '');
    expect(await wrongAmong(gone, changed)).toEqual([]);
    expect(await wrongAmong(await stolen(gone), changed, {})).toEqual([]);
  }),
  60_000,
);

test(
  '[3.1] whoever is no full member any more is turned away with all that they had before them',
  presses(
    [
      'booking.request',
      'calendar.mail',
      'calendar.renew',
      'defaults.save',
      'people.setLanguage',
      'reminder.save',
      'sentence.book',
      'sentence.said',
    ],
    async (scene) => {
      const { ann, tom, slack, teams, day, click, pressInTeams, standing, wrongAmong } = scene;
      const { formInSlack, formInTeams, line, stage } = scene;
      const theirs: OldButton[] = [];
      for (const user of [ann, tom]) {
        theirs.push(line(user, 'sentence.book', `/book ${day} 4pm 1h Alps retro`));
        theirs.push(line(user, 'sentence.said', `${day} 4pm 1h Alps retro`));
      }
      await formOf(slack, ann);
      theirs.push(await formInSlack(ann, { topic: 'Retro' }));
      await teams.say(tom, '/book');
      theirs.push(await formInTeams(tom, 'booking.request', { topic: 'Retro' }));
      for (const [word, edit, save] of [
        ['/home', 'defaults.edit', 'defaults.save'],
        ['/reminders', 'reminder.edit', 'reminder.save'],
      ] as const) {
        await say(scene, word);
        await click(ann, edit);
        theirs.push(await formInSlack(ann));
        await pressInTeams(tom, edit);
        theirs.push(await formInTeams(tom, save));
      }
      await say(scene, '/language');
      await say(scene, '/calendar');
      const buttons = await standing();
      theirs.push(...by('ann', buttons), ...by('Tom', buttons));
      stage.makeGuests();
      expect(await wrongAmong(theirs, /Rooms are for full members/)).toEqual([]);
    },
  ),
  60_000,
);
