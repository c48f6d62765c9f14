import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { cardOf, errorsOf, formOf, labelsOf, noteOf, rowOf, textOf } from '../../../test/support/answers.ts';
import { createWorld, type Someone, type World } from '../../../test/support/world.ts';
import type { Values } from '../../core/view.ts';

let world: World;
let ann: Someone;

beforeEach(async () => {
  world = await createWorld({ admins: ['ada@example.org'] });
  ann = await world.person('Ann');
});
afterEach(() => world.stop());

describe('[2.1] help', () => {
  test('shows every word with its button', async () => {
    const card = cardOf(await world.say(ann, '/help'));
    expect(card.rows?.map((row) => [row.title, labelsOf(row)])).toEqual([
      ['/home', ['Home']],
      ['/book', ['Book a room']],
      ['/bookings', ['My bookings']],
      ['/waitlist', ['My waitlist']],
      ['/rooms', ['Rooms']],
      ['/approvals', ['Approvals']],
      ['/duties', ['Duties']],
      ['/reminders', ['My reminders']],
      ['/calendar', ['My calendar']],
      ['/records', ['Records']],
      ['/stats', ['Statistics']],
      ['/rules', ['Rules']],
      ['/language', ['Language']],
    ]);
  });

  test('every word that it shows is understood', async () => {
    const ada = await world.person('Ada');
    const card = cardOf(await world.say(ada, 'help'));
    for (const { title } of card.rows ?? []) {
      const answered = await world.say(ada, title.replace(/ <.*>/, ''));
      if (answered.answer.kind === 'card') expect(textOf(answered.answer.card)).not.toContain('I don’t know');
    }
    expect(card.rows?.length).toBe(17);
  });

  test('a text without words is no unknown word', async () => {
    expect(textOf(cardOf(await world.say(ann, '  ')))).not.toContain('“”');
  });
});

describe('[10.4] /rules', () => {
  test('shows the rules in force, each with its clause', async () => {
    const card = cardOf(await world.say(ann, 'rules'));
    expect(card.title).toBe('Rules in force at Example');
    expect(card.rows?.map((row) => `${row.badge} ${row.title}`)).toEqual([
      '3.1 Only full members of the organisation book and enter.',
      '2.1 A booking starts at most 60 days ahead.',
      '2.1 A booking lasts at most 4 h.',
      '2.1 Rooms are open from 08:00 to 20:00, by the clock at the room.',
      '2.1 Start and length go in steps of 15 min.',
      '2.2 A reviewer of the room decides each request; nobody decides their own.',
      '2.2 Reviewers who have not decided are reminded after 2 h of working time.',
      '2.2 What nobody has decided goes to the admins as well after 4 h of working time.',
      '2.2 Working time is 09:00 to 18:00, by the clock at the room, on Monday, Tuesday, Wednesday, Thursday, and Friday.',
      '2.4 These changes of an approved booking go back to review: another room, another start, a later end, and more people.',
      '2.5 A cancellation that no reviewer has confirmed holds by itself after 30 min.',
      '2.5 A cancellation less than 2 h before the start is marked as late.',
      '2.1 A slot that becomes free is held for 15 min for the first on the waitlist.',
      '2.7 Host and attendees are reminded 1 day and 15 min before the start.',
      '3.4 The headcount is at most the capacity of the room.',
      '10.4 A site or a room may be stricter than this, never looser.',
    ]);
  });
});

describe('[2.1] home', () => {
  let ben: Someone;
  let rae: Someone;

  beforeEach(async () => {
    ben = await world.person('Ben');
    rae = await world.person('Rae');
    await world.room({ name: 'Alps', reviewers: [rae] });
    await world.room({ name: 'Taipei 101', site: 'Taipei', zone: 'Asia/Taipei', reviewers: [rae] });
  });

  const home = async (who: Someone) => cardOf(await world.say(who, 'home'));
  const book = (start: string, typed: Values = {}) =>
    world.book(ann, {
      topic: `At ${start}`,
      date: '2026-12-03',
      start,
      duration: '60',
      attendees: [ben.caller.userId],
      ...typed,
    });
  const approve = async () =>
    world.press(rae, cardOf(await world.say(rae, 'approvals')).rows?.[0] ?? {}, 'Approve');

  test.each(['home', 'hi', 'Hello', '你好'])('%s shows the way to everything', async (text) => {
    const card = cardOf(await world.say(ann, text));
    expect([card.title, card.text]).toEqual(['Hello Ann', ['You have no meetings ahead.']]);
    expect(labelsOf(card)).toEqual(['Book now', 'My bookings', 'My defaults', 'My reminders', 'Help']);
    expect(card.actions?.every((it) => it.kind === 'command' && it.answer === 'new')).toBe(true);
  });

  test('the next five meetings, one’s own and those one is invited to', async () => {
    for (const start of ['10:00', '09:00', '11:00', '12:00', '13:00', '14:00']) await book(start);
    expect((await home(ben)).rows).toEqual([]);
    await approve();
    const [mine, his] = [await home(ann), await home(ben)];
    expect(mine.rows?.map((row) => row.title)).toEqual([
      '#1002 At 09:00',
      '#1001 At 10:00',
      '#1003 At 11:00',
      '#1004 At 12:00',
      '#1005 At 13:00',
    ]);
    expect(rowOf(mine, '09:00').badge).toBe('Approved');
    expect(his.rows?.map((row) => [row.title, row.text?.includes('Ann')])).toEqual([
      ['#1002 At 09:00', true],
    ]);
    expect(labelsOf(rowOf(his, '09:00'))).toEqual(['Open']);
  });

  test('is fresh each time: what is over, declined, or off is gone', async () => {
    const booking = await book('09:00');
    await approve();
    expect((await home(ben)).rows).toHaveLength(1);
    await world.act(ben, { command: 'reminder.decline', data: { booking } });
    expect((await home(ben)).rows).toHaveLength(0);
    expect((await home(ann)).rows).toHaveLength(1);
    world.moveTo(world.now() + 10 * 24 * 3_600_000);
    expect((await home(ann)).rows).toHaveLength(0);
  });

  test('what waits for the reviewer, with the way there', async () => {
    await book('09:00');
    await book('10:00');
    const row = rowOf(await home(rae), 'wait for your decision');
    expect([row.title, labelsOf(row)]).toEqual(['2 requests wait for your decision', ['Approvals']]);
    expect((await home(rae)).text).toEqual(['This waits for you. You have no meetings ahead.']);
    const answered = await world.press(rae, row, 'Approvals');
    expect(cardOf(answered).rows).toHaveLength(2);
    expect((await home(ann)).rows?.map((it) => it.badge)).toEqual([
      'Waiting for approval',
      'Waiting for approval',
    ]);
  });

  test('what waits for the host: questions, and proposals', async () => {
    const booking = await book('09:00');
    const { dispatch: _, bookings, db } = world;
    const by = rae.person;
    const origin = (tx: Parameters<Parameters<typeof db.transact>[0]>[0]) => ({
      tx,
      now: world.now(),
      actor: by,
      source: 'slack',
    });
    await db.transact((tx) =>
      bookings.change(origin(tx), booking, { type: 'ask', by, asOf: 1, text: 'How many will come?' }),
    );
    expect((await home(ann)).text).toEqual(['What waits for you, then your next meetings:']);
    const row = rowOf(await home(ann), 'question');
    expect(row.title).toBe('1 request of yours waits for your answer to a question');
    expect(cardOf(await world.press(ann, row, 'Open')).title).toContain('#1001');
  });

  test('[2.4] what somebody asks to take over, answered on the spot; without the buttons that would be refused', async () => {
    const cem = await world.person('Cem');
    const offer = async (booking: string) =>
      world.act(ann, { command: 'change.handOver', data: { booking }, values: { to: [cem.caller.userId] } });
    const [first, second] = [await book('09:00'), await book('10:00')];
    await approve();
    expect((await home(cem)).rows).toEqual([]);
    await offer(second);
    await offer(first);
    const card = await home(cem);
    expect(card.rows?.map((row) => [row.title, row.text, row.tone, labelsOf(row)])).toEqual([
      [
        'Ann asks you to take over #1001',
        'At 09:00\nThu, Dec 3, 2026, 09:00 – 10:00 (Central European Time)\nAlps · Berlin, floor 3',
        'warning',
        ['Take it over', 'No, thanks'],
      ],
      ['Ann asks you to take over #1002', expect.stringContaining('At 10:00'), 'warning', expect.anything()],
    ]);
    expect([(await home(ann)).rows?.length, (await home(ben)).rows?.length]).toEqual([2, 1]);

    expect(noteOf(await world.press(cem, rowOf(card, '#1002'), 'No, thanks'))).toContain(
      'don’t take it over',
    );
    expect((await home(cem)).rows?.map((row) => row.title)).toEqual(['Ann asks you to take over #1001']);
    await world.press(cem, rowOf(card, '#1001'), 'Take it over');
    expect((await home(cem)).rows?.map((row) => row.title)).toEqual(['#1001 At 09:00']);

    await offer(second);
    await world.act(ann, { command: 'booking.withdraw', data: { booking: second } });
    expect((await home(cem)).rows).toHaveLength(1);
  });

  test('[2.4] a handover of what is being cancelled is not offered until that is taken back', async () => {
    const cem = await world.person('Cem');
    const booking = await book('09:00');
    await approve();
    await world.act(ann, {
      command: 'change.handOver',
      data: { booking },
      values: { to: [cem.caller.userId] },
    });
    await world.act(ann, { command: 'cancel.request', data: { booking }, values: { reason: 'Ill' } });
    expect((await home(cem)).rows).toEqual([]);
    const asked = await world.sent(cem, 'change.handover', { booking });
    expect([asked?.text, labelsOf(asked ?? {})]).toEqual([
      ['This booking is being cancelled.'],
      ['No, thanks'],
    ]);
    await world.act(ann, { command: 'cancel.keep', data: { booking } });
    expect((await home(cem)).rows).toHaveLength(1);
  });

  test('my defaults are asked for, checked, kept and shown', async () => {
    expect((await home(ann)).footnote).toBe('New bookings begin with: No preference');
    const form = formOf(await world.press(ann, await home(ann), 'My defaults'));
    const alps = form.fields.flatMap((it) => (it.kind === 'choice' && it.name === 'room' ? it.options : []));
    const room = alps.find((it) => it.label.startsWith('Alps'))?.value ?? '';
    const refused = await world.submit(ann, form, { site: 'Taipei', room });
    expect(errorsOf(refused)).toEqual({ room: expect.stringContaining('Alps is at Berlin') });
    const saved = cardOf(await world.submit(ann, form, { site: 'Berlin', room, minutes: '60' }));
    expect(textOf(saved)).toContain('Alps · Berlin · 1 h');
    expect((await home(ann)).footnote).toBe('New bookings begin with: Alps · Berlin · 1 h');
    expect((await home(ben)).footnote).toContain('No preference');
  });

  test('the booking form begins with them, as far as the rules allow', async () => {
    const preset = async () => {
      const { fields } = formOf(await world.say(ann, 'book'));
      const value = (name: string) => fields.find((it) => it.name === name)?.value;
      return [value('room'), value('duration')];
    };
    expect(await preset()).toEqual(['any', '30']);
    const room = await world.room({ name: 'Short', maxMinutes: 45, reviewers: [rae] });
    const form = formOf(await world.act(ann, { command: 'defaults.edit' }));
    await world.submit(ann, form, { room, minutes: '45' });
    expect(await preset()).toEqual([room, '45']);
    const again = formOf(await world.act(ann, { command: 'defaults.edit' }));
    await world.submit(ann, again, { room: 'any', minutes: '90' });
    expect(await preset()).toEqual(['any', '90']);
    const given = formOf(await world.act(ann, { command: 'booking.open', data: { room } }));
    expect(given.fields.find((it) => it.name === 'duration')?.value).toBe('30');
  });

  test('“find me one” looks at the favourite site first', async () => {
    const form = formOf(await world.act(ann, { command: 'defaults.edit' }));
    await world.submit(ann, form, { site: 'Taipei' });
    await book('09:00');
    expect(rowOf(await home(ann), '09:00').text).toContain('Taipei 101');
  });

  test('a room is found by typing, or none is preferred', async () => {
    const search = async (query: string) =>
      (await world.dispatch.suggest(ann.caller, 'defaultRooms', query)).map((it) => it.label);
    expect(await search('101')).toEqual(['Taipei 101 · Taipei · 8']);
    expect((await search(''))[0]).toBe('No preference');
  });
});
