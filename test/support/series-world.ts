import type { Answered } from '../../src/chat/ports.ts';
import type { DraftId, RoomId } from '../../src/core/ids.ts';
import type { Card, Values } from '../../src/core/view.ts';
import { addDraft, type DraftText } from '../../src/features/draft/store.ts';
import { cardOf, formOf, labelsOf } from './answers.ts';
import { local } from './examples.ts';
import { bookingsIn, createWorld, type Someone, type World } from './world.ts';

/** Four Wednesdays. */
export const weekly: Values = { pattern: 'week', days: ['3'], ends: 'count', count: '4' };

/** Ann books series in the room Alps, Ben is invited, Rae reviews; and what they do again and again. */
export async function createSeriesWorld(settings: Parameters<typeof createWorld>[0] = {}) {
  const world: World = await createWorld({ admins: ['ada@example.org'], ...settings });
  const [ann, ben, rae] = [await world.person('Ann'), await world.person('Ben'), await world.person('Rae')];
  const alps = await world.room({ name: 'Alps', capacity: 8, reviewers: [rae] });
  for (const who of [ann, ben, rae]) await world.say(who, 'help');

  const it = {
    world,
    ann,
    ben,
    rae,
    alps,

    draft(its: Partial<DraftText> = {}): Promise<DraftId> {
      const typed = {
        token: 'token',
        room: alps,
        topic: 'Stand-up',
        date: '2026-12-02',
        start: '10:00',
        duration: '60',
        attendees: [ben.person],
        headcount: '',
        equipment: [],
        confidential: false,
        note: '',
        zone: 'Europe/Berlin',
        ...its,
      };
      return world.db.transact(async (tx) => (await addDraft(tx, world.now(), ann.person, typed)).id);
    },
    open: (draft: DraftId): Promise<Answered> => world.act(ann, { command: 'series.open', data: { draft } }),
    async plan(its: Partial<DraftText> = {}, values: Values = weekly): Promise<Answered> {
      return world.submit(ann, formOf(await it.open(await it.draft(its))), values);
    },
    async preview(its: Partial<DraftText> = {}, values: Values = weekly): Promise<Card> {
      return cardOf(await it.plan(its, values));
    },
    /** Presses the first button, which sends all that can be. */
    sendAll: (card: Card): Promise<Answered> => world.press(ann, card, labelsOf(card)[0] ?? ''),
    async send(its: Partial<DraftText> = {}, values: Values = weekly): Promise<Card> {
      return cardOf(await it.sendAll(await it.preview(its, values)));
    },
    /** A series of four that has been approved, as its host sees it. */
    async approved(): Promise<Card> {
      await it.send();
      await world.press(rae, await it.seen(rae, 'series.review'), 'Approve 4 dates');
      return it.shown();
    },
    /** The series as its host sees it. */
    shown: async (): Promise<Card> =>
      cardOf(await world.act(ann, { command: 'series.show', data: { series: await it.series() } })),
    /** Somebody else has the room. */
    taken: (date: string, start = '10:00', room: RoomId = alps) =>
      world.book(ben, { room, topic: 'Other', date, start, duration: '60' }),

    /** The bookings of the series. */
    made: async () => (await bookingsIn(world.db)).filter((booking) => booking.series !== null),
    booked: async (): Promise<string[]> =>
      (await it.made()).map((made) => `${local(made.start).replace('T', ' ')} ${made.stateKind}`),
    states: async (): Promise<string[]> => (await it.made()).map((made) => made.stateKind),
    series: async (): Promise<string> => (await it.made())[0]?.series ?? '',
    /** What a view of the series shows to somebody; fails where it has been overtaken. */
    async seen(who: Someone, view: string): Promise<Card> {
      const card = await world.sent(who, view, { series: await it.series() });
      if (!card) throw new Error(`${who.name} sees no ${view}`);
      return card;
    },
    /** Who is told what, apart from reminders and cards that come as messages of their own. */
    told: async (): Promise<string[]> =>
      (await world.waiting()).filter(
        (row) => /: /.test(row) && !/reminder|series.preview|series.prospect|series.host/.test(row),
      ),
  };
  return it;
}

export type SeriesWorld = Awaited<ReturnType<typeof createSeriesWorld>>;
