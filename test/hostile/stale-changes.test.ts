import { expect, test } from '@jest/globals';
import { by } from './pressing.ts';
import { staleCards } from './stale.ts';

/*
 * Changes that were decided or taken back, and hand-overs that were declined, accepted or offered to somebody else.
 */

const presses = staleCards();

test(
  '[2.4] changes that were decided or taken back, and hand-overs that were answered or offered to others',
  presses(
    [
      'approval.approve',
      'approval.reject',
      'change.end',
      'change.submit',
      'change.withdraw',
      'change.acceptHandover',
      'change.declineHandover',
    ],
    async (scene) => {
      const { click, formInSlack, formInTeams, press, pressInTeams, standing, stolen, wrongAmong } = scene;
      const { ann, rae, mallory, tom, reo, mallet, hers, his } = scene;
      for (const id of [hers, his]) await pressInTeams(reo, 'approval.approve', {}, id);
      const longer = await standing('change.end');
      expect(longer.map((it) => it.of)).toEqual(['ann', 'Tom']);

      // A change that is approved, and one that is taken back; forms that are left open.
      await click(ann, 'change.open');
      const left = [await formInSlack(ann, { start: '17:00' })];
      await press(ann, 'change.open', { start: '16:00' });
      await pressInTeams(tom, 'change.open');
      left.push(await formInTeams(tom, 'change.submit', { start: '13:00' }));
      await pressInTeams(tom, 'change.open');
      await pressInTeams(tom, 'change.submit', { start: '12:00' });
      const withdraw = await standing('change.withdraw');
      const reviews = await standing('approval.approve', 'approval.reject');
      const elsewhere = { booking: 'another-workspace' };
      expect(await wrongAmong([...longer, ...left, ...withdraw], /out of date/, elsewhere)).toEqual([]);
      expect(await wrongAmong(await stolen([...longer, ...withdraw]), /Only the host/, {})).toEqual([]);
      expect(await wrongAmong(longer, /has changed since you saw it/)).toEqual([]);
      await pressInTeams(reo, 'approval.approve', {}, hers);
      await pressInTeams(tom, 'change.withdraw');
      expect(await wrongAmong(withdraw, /no change that waits/)).toEqual([]);
      expect(await wrongAmong(reviews, /has been decided already/)).toEqual([]);
      expect(await wrongAmong(by('ann', longer), /has changed since you saw it/)).toEqual([]);

      // Offered to one, and then to another, who declines, and accepts in the end.
      const offers = () => standing('change.acceptHandover', 'change.declineHandover');
      await press(ann, 'change.handOver', { to: rae.id });
      const answers = await offers();
      await press(ann, 'change.handOver', { to: mallory.id });
      expect(await wrongAmong(answers, /not asked to take this booking over any more/)).toEqual([]);
      answers.push(...by('mallory', await offers()));
      await press(mallory, 'change.declineHandover');
      expect(await wrongAmong(answers, /not asked to take this booking over any more/)).toEqual([]);
      await press(ann, 'change.handOver', { to: mallory.id });
      expect(await wrongAmong(by('mallory', await offers()), /out of date/, elsewhere)).toEqual([]);
      expect(await wrongAmong(by('mallory', await offers()), /not asked/, { booking: his })).toEqual([]);
      answers.push(...by('mallory', await offers()));
      await press(mallory, 'change.acceptHandover');
      expect(await wrongAmong(answers, /not asked to take this booking over any more/)).toEqual([]);
      expect(await wrongAmong(by('ann', [...longer, ...left, ...withdraw]), /Only the host/)).toEqual([]);

      // Offered, and cancelled before it was answered.
      await pressInTeams(tom, 'change.handOver', { to: [mallet.aadObjectId] });
      const late = by('Mallet', await offers());
      await pressInTeams(tom, 'cancel.request', { reason: 'Ill' });
      await pressInTeams(reo, 'cancel.confirm');
      const ended = [...late, ...by('Tom', [...longer, ...left, ...withdraw])];
      expect(await wrongAmong(ended, /has ended already|no change that waits|not asked/)).toEqual([]);
    },
  ),
  120_000,
);
