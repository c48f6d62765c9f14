import { expect, test } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { about, by } from './pressing.ts';
import { staleCards } from './stale.ts';

/*
 * Every button of every card stays in the chat while things go on: it is pressed when what it speaks of is decided,
 * moved, somebody else's, cancelled, or never was here. Each answer is a refusal in words, and nothing changes.
 */

const presses = staleCards();

test(
  '[2.2] [2.4] [2.5] cards of what was changed, decided, handed over, cancelled or never here',
  presses(
    [
      'approval.approve',
      'approval.reject',
      'approval.ask',
      'approval.answer',
      'booking.withdraw',
      'cancel.request',
      'cancel.keep',
      'cancel.confirm',
      'change.end',
      'change.handOver',
    ],
    async (scene) => {
      const { all, press, pressInTeams, standing, states, wrongAmong } = scene;
      const { ann, rae, mallory, tom, hers, his } = scene;
      await eventually(async () =>
        expect(
          new Set((await all()).filter((it) => it.command === 'approval.approve').map((it) => it.of)).size,
        ).toBe(2),
      );
      const first = await all();
      expect(new Set(first.map((it) => it.of))).toEqual(new Set(['ann', 'rae', 'Tom', 'Reo']));

      const elsewhere = first.filter((it) => it.data.booking);
      expect(
        await wrongAmong(elsewhere, /no longer|not found|out of date|gone/i, {
          booking: 'another-workspace',
        }),
      ).toEqual([]);

      // Of an older form: what the reviewers saw is not what is asked for any more.
      await press(ann, 'change.open', { start: '16:00' });
      const reviewers = about(first, hers).filter(({ command }) => command.startsWith('approval.'));
      expect(await wrongAmong(reviewers, /changed/i)).toEqual([]);

      // Asked something: the answer is a button of the host.
      for (const id of [hers, his]) await press(rae, 'approval.ask', { text: 'Why?' }, id);
      const asked = await standing('approval.answer');
      expect(new Set(asked.map((it) => it.of))).toEqual(new Set(['ann', 'Tom']));

      // Decided: by one on Slack, and both platforms hear of it.
      const second = await all();
      for (const id of [hers, his]) await press(rae, 'approval.approve', {}, id);
      await eventually(() => expect(states()).toEqual(['approved', 'approved']));
      const undecided = [...first, ...second].filter((it) => it.data.booking);
      expect(await wrongAmong(undecided, /decided|changed|already|no longer|approved/i)).toEqual([]);

      // Handed over: nothing of it is the old host's any more.
      const third = await all();
      await press(ann, 'change.handOver', { to: mallory.id });
      await press(mallory, 'change.acceptHandover');
      const former = by('ann', about([...third, ...(await all())], hers));
      expect(await wrongAmong(former, /host|no longer|out of date/i)).toEqual([]);

      // Cancelled, and confirmed: all cards that ever were.
      const fourth = await all();
      await press(mallory, 'cancel.request', { reason: 'Ill' });
      await pressInTeams(tom, 'cancel.request', { reason: 'Ill' });
      const last = await standing('cancel.keep', 'cancel.confirm');
      for (const id of [hers, his]) await press(rae, 'cancel.confirm', {}, id);
      await eventually(() => expect(states()).toEqual(['cancelled', 'cancelled']));
      const ended = [...first, ...second, ...third, ...fourth, ...last].filter((it) => it.data.booking);
      expect(
        await wrongAmong(ended, /cancelled|already|decided|changed|no longer|host|out of date/i),
      ).toEqual([]);
    },
  ),
  120_000,
);

test(
  '[2.1] what was worked out for a room that has been removed since books nothing',
  presses(['draft.book'], async (scene) => {
    const { ann, rae, tom, slack, teams, day, standing, wrongAmong } = scene;
    await slack.command(ann, `/book ${day} 9am 1h Alps retro`);
    await teams.say(tom, `/book ${day} 10am 1h Alps retro`);
    const drafts = await standing('draft.book');
    await slack.command(rae, '/rooms edit Alps');
    await slack.submit(rae, { active: false });
    const itself = ['booking_draft'];
    expect(await wrongAmong(drafts, /room/i, undefined, itself)).toEqual([]);
    expect(await wrongAmong(drafts, /room/i, {}, itself)).toEqual([]);
  }),
  60_000,
);
