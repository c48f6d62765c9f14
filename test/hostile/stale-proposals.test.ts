import { expect, test } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import type { OldButton } from './old-buttons.ts';
import { about, named } from './pressing.ts';
import { staleCards } from './stale.ts';

/*
 * What reviewers and hosts say to each other about a request, when it has been overtaken: forms that were left open,
 * and buttons of proposals and questions that stand in the chat still.
 */

const presses = staleCards();

test(
  '[2.2] proposals that were declined, replaced, accepted or overtaken, and the forms that made them',
  presses(
    ['approval.acceptProposal', 'approval.declineProposal', 'approval.propose', 'approval.approveSeveral'],
    async (scene) => {
      const { all, click, having, press, pressInTeams, states, stolen, wrongAmong } = scene;
      const { ann, rae, reo, slack, teams, hers, his, formInSlack, formInTeams } = scene;
      for (const id of [hers, his]) await having(reo, 'approval.proposeForm', id);

      // Forms that are left open while others propose and decide.
      const left: OldButton[] = [];
      for (const id of [hers, his]) {
        await click(rae, 'approval.proposeForm', id);
        left.push(await formInSlack(rae, { start: '18:00' }));
        await pressInTeams(reo, 'approval.proposeForm', {}, id);
        left.push(await formInTeams(reo, 'approval.propose', { start: '18:00' }, id));
      }
      await slack.command(rae, '/approvals', rae.chat);
      await click(rae, 'approval.several');
      const several = [await formInSlack(rae, { chosen: [`${hers} 1`, `${his} 1`] })];
      await teams.say(reo, '/approvals');
      await pressInTeams(reo, 'approval.several');
      several.push(await formInTeams(reo, 'approval.approveSeveral', { chosen: [`${hers} 1`, `${his} 1`] }));

      /** What is proposed to the hosts now. @param is what it is to be unlike */
      const proposals = (of: string, is: readonly OldButton[] = []) =>
        eventually(async () => {
          const them = named(await all(), 'approval.acceptProposal', 'approval.declineProposal');
          const found = them.filter(
            (it) => it.of === of && !is.some((old) => old.data.proposed === it.data.proposed),
          );
          expect(new Set(found.map((it) => it.command)).size).toBe(2);
          return found;
        });
      await press(rae, 'approval.proposeForm', { start: '17:00' }, hers);
      await pressInTeams(reo, 'approval.proposeForm', {}, his);
      await pressInTeams(reo, 'approval.propose', { start: '13:00' });
      const [toAnn, toTom] = [await proposals('ann'), await proposals('Tom')];
      const first = [...toAnn, ...toTom];
      const elsewhere = { booking: 'another-workspace' };
      expect(await wrongAmong([...first, ...left], /out of date/, elsewhere)).toEqual([]);
      const ofHim = [...toAnn, ...(await stolen(toTom))];
      expect(await wrongAmong(ofHim, /Only the host can/, { booking: his })).toEqual([]);
      const ofHer = [...toTom, ...(await stolen(toAnn))];
      expect(await wrongAmong(ofHer, /Only the host can/, { booking: hers })).toEqual([]);

      // Another proposal takes its place, and is declined; declined twice.
      await pressInTeams(reo, 'approval.proposeForm', {}, hers);
      await pressInTeams(reo, 'approval.propose', { start: '18:30' }, hers);
      const second = await proposals('ann', first);
      expect(await wrongAmong(toAnn, /has changed since you saw it/)).toEqual([]);
      await press(ann, 'approval.declineProposal', {}, hers);
      expect(await wrongAmong([...toAnn, ...second], /There is no proposal any more/)).toEqual([]);

      // Accepted, by one who presses twice at once.
      const accept = named(toTom, 'approval.acceptProposal').slice(0, 1);
      const answers = await Promise.all([...accept, ...accept].map((it) => it.press()));
      expect(answers.filter((it) => it.includes('There is no proposal any more'))).toHaveLength(1);
      expect(states()).toEqual(['requested', 'approved']);
      expect(await wrongAmong(toTom, /There is no proposal any more/)).toEqual([]);
      expect(await wrongAmong(about(left, his), /has been decided already/)).toEqual([]);

      // Decided as it was asked for, while a proposal waits.
      await press(rae, 'approval.proposeForm', { start: '17:30' }, hers);
      const third = await proposals('ann', [...toAnn, ...second]);
      await pressInTeams(reo, 'approval.approve', {}, hers);
      await eventually(() => expect(states()).toEqual(['approved', 'approved']));
      const overtaken = [...toAnn, ...second, ...third];
      expect(await wrongAmong(overtaken, /There is no proposal any more/)).toEqual([]);
      expect(await wrongAmong([...left, ...several], /has been decided already/)).toEqual([]);
    },
  ),
  120_000,
);

test(
  '[2.2] [5.3] a form of one’s own room tells nothing of a request for another',
  presses([], async ({ ann, mallory, program, ...scene }) => {
    const { click, press, formInSlack, wrongAmong, slack, day, hers } = scene;
    await program.room({ name: 'Bern', reviewers: ['mallory@example.org'] });
    await slack.command(ann, `/book ${day} 3pm 1h Bern lunch`, ann.chat);
    await press(ann, 'draft.book');
    const forms: OldButton[] = [];
    for (const filled of [{ start: '12:00' }, { date: '' }]) {
      await click(mallory, 'approval.proposeForm');
      forms.push(await formInSlack(mallory, filled));
    }
    expect(await wrongAmong(forms, /out of date|Only the reviewers of this room/, { booking: hers })).toEqual(
      [],
    );
  }),
);
