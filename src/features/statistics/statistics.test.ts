import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { buttonOf, fieldOf, labelsOf, rowOf, textOf } from '../../../test/support/answers.ts';
import { aBooking, approved, aRoom, at, person, tuesday } from '../../../test/support/examples.ts';
import { type TemporaryDatabase, temporaryDatabase } from '../../../test/support/temporary-database.ts';
import { hour, minute } from '../../core/clock.ts';
import type { CommandContext } from '../../core/feature.ts';
import type { AccountId, BookingId, RoomId } from '../../core/ids.ts';
import type { Role } from '../../core/rights.ts';
import type { Answer, Card, CommandAction, Form, Row } from '../../core/view.ts';
import { createReader } from '../../i18n/reader.ts';
import { type Language, languages } from '../../i18n/translate.ts';
import { createDirectory } from '../people/index.ts';
import { person as people } from '../people/schema.ts';
import { hold, saveRoom } from '../rooms/index.ts';
import { slot } from '../rooms/schema.ts';
import { ensureRules } from '../rules/index.ts';
import { type Background, createBackground, createStatistics, keepFigure, recordRefusal } from './index.ts';
import { bookingFigure, refusedRequest } from './schema.ts';

let temporary: TemporaryDatabase;
let background: Background;
let alps: RoomId;
beforeAll(async () => {
  temporary = temporaryDatabase();
  background = createBackground(temporary.path);
  await temporary.db.transact(async (tx) => {
    await ensureRules(tx);
    await tx.insert(people).values([{ id: person('ann'), name: 'Ann', createdAt: 0, department: 'Sales' }]);
    const add = (its: Parameters<typeof aRoom>[0]) => {
      const { id: _, ...facts } = aRoom(its);
      return saveRoom(tx, { ...facts, reviewers: [person('rae')] }, null);
    };
    alps = await add({ name: 'Alps' });
    await add({ name: '玉山廳', site: '台北', zone: 'Asia/Taipei' });
  });
});
beforeEach(() =>
  temporary.db.transact(async (tx) => {
    for (const kept of [bookingFigure, refusedRequest, slot]) await tx.delete(kept);
  }),
);
afterAll(async () => {
  await background.close();
  await temporary.remove();
});

type Asking = { roles?: Role[]; language?: Language; now?: number; published?: string[] | null };

async function ask(command: string, input: Record<string, unknown>, asking: Asking = {}): Promise<Answer> {
  const { roles = [], language = 'en', now = tuesday, published = null } = asking;
  const pictures = published && {
    async publish(png: Buffer, alt: string) {
      published.push(alt);
      return { url: `https://example.org/${png.length}.png`, alt };
    },
  };
  const people = createDirectory({ adminEmails: [], language: 'en', zone: 'Europe/Berlin' });
  const { commands = {} } = createStatistics({ background, pictures, people, deliver: null });
  const def = commands[command];
  if (!def) throw new Error(`no command ${command}`);
  const context: CommandContext = {
    tx: temporary.db.read,
    now,
    reader: createReader(language, 'Europe/Berlin', now),
    actor: {
      person: person('ann'),
      account: 'a1' as AccountId,
      platform: 'slack',
      name: 'Ann',
      roles: new Set(roles),
    },
    strangers: {},
    mentioned: new Map(),
    channels: new Map(),
    place: null,
    token: () => 'token',
  };
  return def.handle(context, def.input.parse(input));
}

const cardOf = (answer: Answer): Card => {
  if (answer.kind === 'card') return answer.card;
  throw new Error(`not a card: ${JSON.stringify(answer)}`);
};
const formOf = (answer: Answer): Form => {
  if (answer.kind === 'form' || answer.kind === 'invalid') return answer.form;
  throw new Error(`not a form: ${JSON.stringify(answer)}`);
};
const onlyButton = (row: Row): CommandAction => {
  const [button, ...others] = row.actions ?? [];
  if (button?.kind === 'command' && others.length === 0) return button;
  throw new Error(`not one button: ${row.title}`);
};
const said = (text: string, asking?: Asking) => ask('statistics.said', { text }, asking);
const press = (button: CommandAction, asking?: Asking) => ask(button.command, button.data, asking);

/** On Tuesday, Nov 24, for two hours, asked for a day before and approved after ten minutes. */
const book = () =>
  temporary.db.transact(async (tx) => {
    const start = at('2026-11-24T10:00');
    const requestedAt = start - 24 * hour;
    const booking = aBooking({ room: alps, start, end: start + 2 * hour, headcount: 4, requestedAt });
    await keepFigure(tx, { event: { type: 'requested', booking }, before: null, after: booking });
    const by = person('rae');
    const event = { type: 'approved' as const, by, for: null, rule: null, at: requestedAt + 10 * minute };
    await keepFigure(tx, { event, before: booking, after: { ...booking, state: approved() } });
    await recordRefusal(tx, {
      ...{ at: tuesday, host: person('ann'), room: alps, zone: 'Europe/Berlin', headcount: 6, start },
      end: start + hour,
    });
  });

describe('[2.8] /stats', () => {
  test('answers the key numbers of the last thirty days', async () => {
    await book();
    const card = cardOf(await said(''));
    expect(card.text).toEqual(['Mon, Nov 2, 2026 – Tue, Dec 1, 2026 · all rooms']);
    expect(card.facts?.map(({ label, value }) => `${label}: ${value}`)).toEqual([
      // Two hours of 22 working days of 12 hours in each of two rooms.
      'Use: 0% of the opening hours of working days',
      'Meetings: 1',
      'Lead time: 1 day or less in half of the cases',
      'Time to decision: 10 min or less in half of the cases',
      'Cancelled: 0 in time, 0 late',
      'Not held: 0 rejected, 0 withdrawn, 0 expired; 0 still wait',
      'Headcount: 50% of the seats',
      'No free room: 1 request',
    ]);
    expect(rowOf(card, 'weekday').text).toBe('Busiest: Tue 10:00 with 10%.');
    expect(rowOf(card, 'Use by room').text).toBe('Most used: Alps · Berlin (1%) and 玉山廳 · 台北 (0%).');
    expect(rowOf(card, 'no room').text).toContain('5–8 people');
  });

  test('understands a period, a site and a room, in Chinese as well', async () => {
    await book();
    const about = async (text: string) => cardOf(await said(text)).text?.[0];
    expect(await about('last month Berlin')).toBe('Sun, Nov 1, 2026 – Mon, Nov 30, 2026 · Berlin');
    expect(await about('2026-11-24 alps')).toBe(
      'Tue, Nov 24, 2026 – Tue, Nov 24, 2026 · Alps · Berlin, floor 3',
    );
    expect(await about('上個月台北')).toContain('· 台北');
    const day = cardOf(await said('2026-11-24 alps'));
    expect(textOf(day)).toContain('Use: 17% of the opening hours');
  });

  test.each([
    ['nowhere last month', 'I don’t know “nowhere”'],
    ['2026-11-30 to 2026-11-01', 'The last day has to be the first day or later'],
    ['2020-01-01 to 2026-11-01', 'At most 366 days'],
  ])('“%s” is told what is wrong', async (text, wrong) => {
    const answer = await said(text);
    expect(answer).toMatchObject({ kind: 'note', tone: 'bad', text: expect.stringContaining(wrong) });
  });

  test.each(languages)('every part has its table (%s)', async (language) => {
    await book();
    const asking: Asking = { language, roles: ['admin'] };
    const card = cardOf(await said('', asking));
    expect(card.rows).toHaveLength(7);
    for (const row of card.rows ?? []) {
      const part = cardOf(await press(onlyButton(row), asking));
      expect(part.title).toBe(row.title);
      expect(part.text?.[1]).toBe(row.text);
      expect(part.rows?.length).toBeGreaterThan(0);
    }
  });

  test('and its picture, with what it shows in words', async () => {
    await book();
    const published: string[] = [];
    const asking: Asking = { published, language: 'zh-TW' };
    const card = cardOf(await said('', asking));
    expect(card.image?.alt).toBe(
      '各時段與星期的使用率，2026年11月2日週一 – 2026年12月1日週二 · 所有會議室。最忙：週二 10:00，10%。',
    );
    const part = cardOf(await press(onlyButton(rowOf(card, '各會議室的使用率')), asking));
    expect(part.image?.alt).toContain('使用率最高：Alps · Berlin（1%）');
    expect(published).toEqual([card.image?.alt, part.image?.alt]);
  });

  test('nothing is drawn where there is nothing to show', async () => {
    const published: string[] = [];
    const card = cardOf(await said('', { published }));
    expect([card.image, published]).toEqual([undefined, []]);
    expect(rowOf(card, 'weekday').text).toBe('Nothing to show in this period.');
  });

  test('what was chosen in the form is shown; what is wrong comes back at its field', async () => {
    await book();
    const card = cardOf(await said(''));
    const form = formOf(await press(buttonOf(card, 'Choose what to see')));
    expect(fieldOf(form, 'from').value).toBe('2026-11-02');
    const shown = cardOf(
      await ask('statistics.show', {
        ...form.data,
        from: '2026-11-24',
        until: '2026-11-24',
        site: '-',
        room: alps,
      }),
    );
    expect(shown.text?.[0]).toContain('Alps');
    const back = await ask('statistics.show', {
      ...form.data,
      from: '2026-11-24',
      until: '2026-11-01',
      room: 'gone',
    });
    expect(back.kind).toBe('invalid');
    expect(fieldOf(formOf(back), 'until').error).toBe('The last day has to be the first day or later.');
    expect(fieldOf(formOf(back), 'room').error).toContain('not there any more');
  });
});

describe('[6.2] departments', () => {
  test.each<[Role[], boolean]>([
    [[], false],
    [['custodian'], false],
    [['supervisor'], true],
    [['admin'], true],
  ])('%s may see them: %s', async (roles, may) => {
    await book();
    const answer = await said('Sales', { roles });
    const part = await ask('statistics.picture', { picture: 'departments' }, { roles });
    const form = formOf(await ask('statistics.form', {}, { roles }));
    const chosen = await ask('statistics.show', { department: 'Sales' }, { roles });
    expect([answer.kind, part.kind, chosen.kind]).toEqual(Array(3).fill(may ? 'card' : 'note'));
    expect(form.fields.some((field) => field.name === 'department')).toBe(may);
    expect(cardOf(await said('', { roles })).rows?.some((row) => row.title.includes('department'))).toBe(may);
    if (may) expect(rowOf(cardOf(part), 'Sales').badge).toBe('2 h');
  });
});

describe('[2.8] the day at a glance', () => {
  const dayOf = (day: string, text = '', asking?: Asking) => ask('statistics.day', { day, text }, asking);
  const take = (owner: BookingId, from: string, until: string) =>
    temporary.db.transact((tx) =>
      hold(tx, { room: alps, owner: `booking:${owner}`, start: at(from), end: at(until) }),
    );

  test('draws the rooms near the reader, and offers what is free next', async () => {
    await take('b1' as BookingId, '2026-12-01T09:00', '2026-12-01T10:30');
    const published: string[] = [];
    const card = cardOf(await dayOf('today', '', { published }));
    expect(card.title).toBe('Rooms on Tue, Dec 1, 2026');
    expect(card.image?.alt).toBe('Rooms and hours today: 0 of 1 rooms are free now, 0 bookings are yours.');
    const next = buttonOf(card, 'Alps 10:30');
    expect([next.command, next.data]).toEqual([
      'booking.open',
      { room: alps, date: '2026-12-01', start: '10:30', duration: '60' },
    ]);
  });

  test('without pictures it lists what is free', async () => {
    await take('b1' as BookingId, '2026-12-02T09:00', '2026-12-02T12:00');
    const card = cardOf(await dayOf('tomorrow'));
    expect(rowOf(card, 'Alps').text).toBe('08:00 – 09:00 · 12:00 – 20:00');
  });

  test.each([
    ['2026-12-24', '台北', ['玉山廳 08:00']],
    ['明天', 'alps', ['Alps 08:00']],
    ['', '', ['Alps 09:15']],
  ])('of “%s” “%s”', async (day, text, labels) => {
    expect(labelsOf(cardOf(await dayOf(day, text)))).toEqual(labels);
  });

  test('an unknown day or room is told so', async () => {
    expect(await dayOf('someday')).toMatchObject({ kind: 'note', tone: 'bad' });
    expect(await dayOf('today', 'nowhere')).toMatchObject({ kind: 'note', tone: 'neutral' });
  });

  test('a day that is over offers nothing', async () => {
    const card = cardOf(await dayOf('2026-11-30'));
    expect(textOf(card)).toContain('Nothing is free for half an hour any more.');
    expect(labelsOf(card)).toEqual([]);
  });
});
