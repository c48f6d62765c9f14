import { expect, test } from '@jest/globals';
import type { OldButton } from './old-buttons.ts';
import { formOf, secret } from './stage.ts';
import { type Scene, staleCards } from './stale.ts';

/*
 * Series of Ann in Slack and of Tom in Teams, which both reviewers decide: each card stays in its chat and is pressed
 * when the series was planned anew, sent, decided, changed or ended.
 */

const presses = staleCards();

const daily = { pattern: 'day', ends: 'count', count: '3' };
const why = { reason: 'Ill' };

const kinds = (buttons: readonly OldButton[]) =>
  [...new Set(buttons.map((it) => `${it.of} ${it.command}`))].sort();

/** Ann and Tom ask for a room again and again, as far as the card that asks for the dates. */
async function ask({ ann, tom, slack, teams, day, query }: Scene): Promise<void> {
  const [{ id: room = '' } = {}] = query<{ id: string }>('SELECT id FROM room');
  const content = { topic: secret, confidential: true, recurring: true };
  const typed = { ...content, room, date: day, duration: '60' };
  await formOf(slack, ann);
  await slack.submit(ann, { ...typed, start: '12:00' });
  await teams.say(tom, '/book');
  await teams.click(tom, teams.last(tom), 'Request', { ...typed, start: '13:00' });
}

const bookingsIn = ({ query }: Scene) =>
  query<{ series: string; day: string; state: string }>(
    'SELECT series, occurrence AS day, state_kind AS state FROM booking WHERE series IS NOT NULL ORDER BY number',
  );

test(
  '[2.1] [2.2] [2.4] [2.5] cards of series that were sent, decided, changed or ended',
  presses(
    [
      'series.open',
      'series.plan',
      'series.choose',
      'series.send',
      'series.approve',
      'series.reject',
      'series.changed',
      'series.apply',
      'series.patterned',
      'series.repattern',
      'series.cancel',
      'series.keep',
    ],
    async (scene) => {
      const { press, pressInTeams, click, formInSlack, formInTeams, standing, wrongAmong, stolen } = scene;
      const { ann, rae, tom, reo, slack, teams, day } = scene;
      const bookings = () => bookingsIn(scene);
      const elsewhere = { draft: 'another-workspace', series: 'another-workspace' };

      // Planned, and planned anew.
      await ask(scene);
      const planning = await standing('series.open');
      await press(ann, 'series.open', daily);
      await pressInTeams(tom, 'series.open');
      await pressInTeams(tom, 'series.plan', daily);
      const preview = await standing('series.choose', 'series.send');
      planning.push(...preview);
      expect(kinds(planning).length).toBe(6);
      expect(await wrongAmong(planning, /out of date/, elsewhere)).toEqual([]);
      expect(await wrongAmong(await stolen(planning), /out of date/, {})).toEqual([]);
      await press(ann, 'series.choose');
      await pressInTeams(tom, 'series.choose');
      expect(await wrongAmong(preview, /has changed since you saw it/)).toEqual([]);

      // Sent, pressed twice at once, while the form is open once more.
      planning.push(...(await standing('series.choose', 'series.send')));
      await click(ann, 'series.replan');
      planning.push(await formInSlack(ann, { count: '4' }));
      await pressInTeams(tom, 'series.replan');
      planning.push(await formInTeams(tom, 'series.plan', { count: '4' }));
      await press(ann, 'series.send');
      const sends = (await standing('series.send')).filter((it) => it.of === 'Tom');
      await Promise.all([...sends, ...sends].map((it) => it.press()));
      expect(await wrongAmong(planning, /has been sent already/)).toEqual([]);
      const [hers = '', his = '', ...others] = new Set(bookings().map((it) => it.series));
      expect([bookings().length, others]).toEqual([4, []]);

      // Reviewed: a date less than what was asked for, then decided.
      const reviews = () => standing('series.approve', 'series.reject');
      const asked = await reviews();
      expect(kinds(asked).length).toBe(4);
      expect(await wrongAmong(asked, /out of date/, elsewhere)).toEqual([]);
      expect(await wrongAmong(await stolen(asked), /Only the reviewers of this room/, {})).toEqual([]);
      const from = bookings().at(-1)?.day ?? '';
      await click(ann, 'series.show');
      await press(ann, 'series.cancel', { ...why, from });
      await teams.say(tom, '/bookings');
      await pressInTeams(tom, 'series.show');
      await pressInTeams(tom, 'series.cancel', { ...why, from });
      expect(await wrongAmong(asked, /has changed since you saw it/)).toEqual([]);
      asked.push(...(await reviews()));
      await press(rae, 'series.approve', {}, hers);
      await pressInTeams(reo, 'series.approve', {}, his);
      expect(await wrongAmong(asked, /has been decided already/)).toEqual([]);

      // Changed: of two changes that were thought of, one is made, and a form is left open; so with recurrences.
      const left: OldButton[] = [];
      const foreseen: OldButton[] = [];
      for (const [open, form, apply, typed] of [
        [
          'series.change',
          'series.changed',
          'series.apply',
          [{ topic: 'Left' }, { topic: 'One' }, { topic: 'Two' }],
        ],
        [
          'series.pattern',
          'series.patterned',
          'series.repattern',
          ['6', '4', '5'].map((count) => ({ ...daily, count })),
        ],
      ] as const) {
        for (const [n, filled] of typed.entries()) {
          await click(ann, open);
          if (n === 0) left.push(await formInSlack(ann, filled));
          else await slack.submit(ann, filled);
          await pressInTeams(tom, open);
          if (n === 0) left.push(await formInTeams(tom, form, filled));
          else await pressInTeams(tom, form, filled);
        }
        const made = await standing(apply);
        expect(made.length).toBe(4);
        expect(await wrongAmong([...left, ...made], /out of date/, elsewhere)).toEqual([]);
        expect(await wrongAmong(await stolen(made), /out of date/, {})).toEqual([]);
        await press(ann, apply);
        await pressInTeams(tom, apply);
        expect(await wrongAmong(made, /has been made already|has changed since you saw it/)).toEqual([]);
        foreseen.push(...made);
      }

      // Ended, and confirmed.
      asked.push(...(await reviews()));
      const ending = await standing('series.cancel');
      await press(ann, 'series.cancel', { ...why, from: day }, hers);
      await pressInTeams(tom, 'series.cancel', { ...why, from: day }, his);
      expect(await wrongAmong(asked, /has changed since you saw it/)).toEqual([]);
      expect(await wrongAmong(ending, /is being cancelled/)).toEqual([]);
      const keeping = await standing('series.keep');
      expect(kinds(keeping)).toEqual(['Tom series.keep', 'ann series.keep']);
      expect(await wrongAmong(keeping, /out of date/, elsewhere)).toEqual([]);
      expect(await wrongAmong(await stolen(keeping), /out of date/, {})).toEqual([]);
      asked.push(...(await reviews()));
      await press(rae, 'series.approve', {}, hers);
      await pressInTeams(reo, 'series.approve', {}, his);
      expect(new Set(bookings().map((it) => it.state))).toEqual(new Set(['cancelled']));
      expect(await wrongAmong(planning, /has been sent already/)).toEqual([]);
      expect(await wrongAmong(asked, /has been decided already/)).toEqual([]);
      expect(await wrongAmong(left, /out of date/)).toEqual([]);
      expect(await wrongAmong(foreseen, /has been made already|out of date/)).toEqual([]);
      expect(await wrongAmong(ending, /no date left/)).toEqual([]);
      expect(await wrongAmong(keeping, /has changed since you saw it/)).toEqual([]);
    },
  ),
  120_000,
);
