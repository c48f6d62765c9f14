import { expect, test } from '@jest/globals';
import { eventually } from '../support/eventually.ts';
import { by, named } from './pressing.ts';
import { secret } from './stage.ts';
import { type Scene, staleCards } from './stale.ts';

/*
 * Offers of the waitlist when they have run out, were taken or left, and drafts whose room was got otherwise.
 */

const presses = staleCards();

type Entry = { id: string; state: string; until: number };
/** Ann's, Mallory's, Mallet's: in the order in which they joined. */
const entriesIn = ({ query }: Scene) =>
  query<Entry>('SELECT id, state, offer_until AS until FROM waitlist_entry ORDER BY joined_at, rowid');

test(
  '[2.1] [5.3] offers that ran out, were taken or left, and what is somebody else’s wait',
  presses(['waitlist.join', 'waitlist.take', 'waitlist.leave', 'draft.take'], async (scene) => {
    const { all, press, pressInTeams, stolen, wrongAmong } = scene;
    const { ann, mallory, mallet, program, slack, teams, day, query } = scene;
    const entries = () => entriesIn(scene);
    const states = () => entries().map((it) => it.state);
    await slack.command(ann, `/book ${day} 11am 1h Alps ${secret}`, ann.chat);
    await press(ann, 'waitlist.join');
    await slack.command(mallory, `/book ${day} 3pm 1h Alps planning`, mallory.chat);
    await teams.say(mallet, `/book ${day} 3pm 1h Alps retro`);
    const drafts = named(await all(), 'waitlist.join', 'draft.take');
    await press(mallory, 'waitlist.join');
    await pressInTeams(mallet, 'waitlist.join');
    for (const user of [ann, mallory]) await slack.command(user, '/waitlist', user.chat);
    await teams.say(mallet, '/waitlist');
    const waiting = named(await all(), 'waitlist.leave');
    const [hers = ''] = entries().map((it) => it.id);
    const joins = named(drafts, 'waitlist.join');
    expect(joins.map((it) => it.of)).toEqual(['ann', 'mallory', 'Mallet']);
    const elsewhere = { entry: 'another-workspace' };
    expect(await wrongAmong(joins, /on this waitlist already/)).toEqual([]);
    expect(await wrongAmong(joins, /out of date/, { draft: 'another-workspace' })).toEqual([]);
    expect(await wrongAmong(waiting, /out of date/, elsewhere)).toEqual([]);
    const theirs = [
      ...by('mallory', waiting),
      ...by('Mallet', waiting),
      ...(await stolen(by('ann', waiting))),
    ];
    expect(await wrongAmong(theirs, /Only whoever waits/, { entry: hers })).toEqual([]);

    // Offered: Mallory's is held for a while, and then Mallet's.
    await press(ann, 'booking.withdraw');
    const offerOf = (of: string) =>
      eventually(async () => {
        const found = by(of, named(await all(), 'waitlist.take', 'waitlist.leave'));
        expect(named(found, 'waitlist.take')).not.toEqual([]);
        return found;
      });
    const toMallory = await offerOf('mallory');
    expect(await wrongAmong(toMallory, /out of date/, elsewhere)).toEqual([]);
    expect(await wrongAmong(toMallory, /Only whoever waits/, { entry: hers })).toEqual([]);
    const early = by('Mallet', await stolen(named(toMallory, 'waitlist.take')));
    expect(await wrongAmong(early, /not free yet/, { entry: entries()[2]?.id ?? '' })).toEqual([]);
    program.moveTo(entries()[1]?.until ?? 0);
    const toMallet = await offerOf('Mallet');
    expect(states()).toEqual(['waiting', 'lapsed', 'offered']);
    expect(await wrongAmong([...toMallory, ...by('mallory', waiting)], /That is over/)).toEqual([]);

    // Taken by the next, who presses twice at once; and left.
    const take = named(toMallet, 'waitlist.take').slice(0, 1);
    const answers = await Promise.all([...take, ...take].map((it) => it.press()));
    expect(answers.filter((it) => it.includes('That is over'))).toHaveLength(1);
    expect(query('SELECT id FROM booking')).toHaveLength(3);
    await press(ann, 'waitlist.leave');
    expect(states()).toEqual(['left', 'lapsed', 'taken']);
    expect(await wrongAmong([...toMallet, ...toMallory, ...waiting], /That is over/)).toEqual([]);
    expect(await wrongAmong(by('Mallet', joins), /have booked it for that time already/)).toEqual([]);

    // The drafts from which they came: one is booked otherwise, which takes what the other could have had.
    const [alternative, other] = ['mallory', 'Mallet'].map((of) => by(of, named(drafts, 'draft.take'))[0]);
    await alternative?.press();
    expect(await other?.press()).toMatch(/has just been taken/);
    const takes = named(drafts, 'draft.take');
    expect(await wrongAmong(by('mallory', takes), /was booked already/)).toEqual([]);
    expect(await wrongAmong(by('Mallet', takes), /has changed since you saw it/)).toEqual([]);
    const old = [...by('mallory', joins), ...by('Mallet', joins)];
    expect(await wrongAmong(old, /out of date/)).toEqual([]);
    expect(await wrongAmong(takes, /out of date/, { draft: 'another-workspace' })).toEqual([]);
  }),
  120_000,
);
