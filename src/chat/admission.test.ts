import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { cardOf, errorsOf, formOf, noteOf, textOf } from '../../test/support/answers.ts';
import { bookingsIn, createWorld, type Someone, type World } from '../../test/support/world.ts';
import { hour, minute } from '../core/clock.ts';
import { Unreachable } from '../core/errors.ts';

let world: World;
let ann: Someone;

beforeEach(async () => {
  world = await createWorld({ admins: ['ada@example.org'] });
  ann = await world.person('Ann');
});
afterEach(() => world.stop());

describe('[3.1] members only', () => {
  test.each(['guest', 'bot', 'external'] as const)(
    'a %s is refused in one sentence, and it is recorded',
    async (kind) => {
      const gus = await world.person('Gus', { kind });
      const answers = [
        await world.say(gus, 'book'),
        await world.act(gus, { command: 'booking.list' }),
        await world.dispatch.arrive(gus.caller, 'e'),
      ];
      for (const answer of answers)
        expect(noteOf(answer)).toMatch(/^Rooms are for full members of the organisation \(rule 3\.1\)\./);
      expect(await world.audit()).toMatchObject(
        answers.map(() => ({ kind: 'refused', subject: 'slack:T1', at: world.now(), detail: { why: kind } })),
      );
    },
  );

  test('in the language of who is refused', async () => {
    const gus = await world.person('Gus', { kind: 'guest' });
    const answered = await world.say({ ...gus, caller: { ...gus.caller, locale: 'zh-Hant-TW' } }, 'book');
    expect([answered.reader.language, noteOf(answered)]).toEqual(['zh-TW', expect.stringContaining('3.1')]);
    // Where the event itself does not say, the directory does.
    const lin = await world.person('Lin', { kind: 'guest', locale: 'zh-CN' });
    expect((await world.say(lin, 'book')).reader.language).toBe('zh-CN');
  });

  test('who is turned away at the door is recorded', async () => {
    await world.dispatch.turnedAway({ platform: 'teams', tenant: 'other', userId: 'eve', why: 'tenant' });
    expect(await world.audit()).toMatchObject([
      { actor: 'teams:eve', kind: 'refused', subject: 'teams:other', detail: { why: 'tenant' } },
    ]);
  });

  test('a guest can’t be invited, and somebody whom nobody knows can’t either', async () => {
    const rae = await world.person('Rae');
    const gus = await world.person('Gus', { kind: 'guest' });
    await world.room({ name: 'Alps', reviewers: [rae] });
    const form = formOf(await world.say(ann, 'book'));
    const typed = { topic: 'Review', date: '2026-12-02', start: '10:00' };
    const invite = (...attendees: string[]) => world.submit(ann, form, { ...typed, attendees });
    expect(errorsOf(await invite(rae.profile.userId, gus.profile.userId))).toEqual({
      attendees: 'Not a full member of the organisation, and so not possible here: Gus. (rule 3.1)',
    });
    expect(errorsOf(await invite('U-nobody'))).toEqual({
      attendees: 'Somebody you chose could not be looked up just now. Please try again in a minute.',
    });
    expect(await bookingsIn(world.db)).toEqual([]);
  });

  test('who has never opened the bot can be invited; a guest can’t become somebody by leaving', async () => {
    const rae = await world.person('Rae');
    const gus = await world.person('Gus', { kind: 'guest' });
    await world.room({ name: 'Alps', reviewers: [rae] });
    await world.say(gus, 'book');
    world.moveTo(world.now() + 48 * hour);
    const lookup = async (userId: string) => {
      if (userId === ann.profile.userId) return ann.profile;
      throw new Unreachable(userId);
    };
    const caller = { ...ann, caller: { ...ann.caller, lookup } };
    const form = formOf(await world.say(caller, 'book'));
    const typed = { topic: 'Review', date: '2026-12-04', start: '10:00' };
    const invite = (userId: string) => world.submit(caller, form, { ...typed, attendees: [userId] });
    expect(Object.keys(errorsOf(await invite(gus.profile.userId)))).toEqual(['attendees']);
    expect(textOf(cardOf(await invite('U-new')))).toContain('Attendees: –');
  });
});

describe('[6.4] while the directory can’t be reached', () => {
  test('who is new waits; who was known lately comes in, until that is a day old', async () => {
    await world.say(ann, 'help');
    world.directoryIsDown(true);
    const ben = await world.person('Ben');
    expect(noteOf(await world.say(ben, 'help'))).toContain('could not look you up just now');
    world.moveTo(world.now() + 23 * hour);
    expect(cardOf(await world.say(ann, 'help')).title).toBe('Meeting rooms');
    world.moveTo(world.now() + 2 * hour);
    expect(noteOf(await world.say(ann, 'help'))).toContain('could not look you up just now');
    world.directoryIsDown(false);
    expect(cardOf(await world.say(ann, 'help')).title).toBe('Meeting rooms');
  });

  test('what it said is believed for an hour, and asked again after it', async () => {
    await world.say(ann, 'help');
    ann.profile.kind = 'guest';
    world.moveTo(world.now() + 59 * minute);
    expect(cardOf(await world.say(ann, 'help')).title).toBe('Meeting rooms');
    world.moveTo(world.now() + minute);
    expect(noteOf(await world.say(ann, 'help'))).toContain('full members');
  });
});

describe('[6.2] what only admins may', () => {
  const words = ['rooms add', 'rooms edit Alps', 'roles'];

  test('is refused to others, naming who may, and recorded', async () => {
    const ada = await world.person('Ada');
    await world.say(ada, 'help');
    for (const text of words)
      expect(noteOf(await world.say(ann, text))).toBe(
        'Only an admin can do that (rule 6.2). Please ask one: Ada.',
      );
    expect(noteOf(await world.act(ann, { command: 'rooms.save', data: { token: 't' } }))).toContain('admin');
    expect((await world.audit()).map((it) => [it.kind, it.actor, it.subject])).toEqual([
      ['refused', ann.person, 'command:rooms.add'],
      ['refused', ann.person, 'command:rooms.editNamed'],
      ['refused', ann.person, 'command:people.roles'],
      ['refused', ann.person, 'command:rooms.save'],
    ]);
  });

  test('admins by configuration may, and see it in their help', async () => {
    const ada = await world.person('Ada');
    for (const text of words) expect((await world.say(ada, text)).answer.kind).not.toBe('note');
    expect(textOf(cardOf(await world.say(ada, 'help')))).toContain('/rooms add');
    expect(textOf(cardOf(await world.say(ann, 'help')))).not.toContain('/rooms add');
  });
});

test('[6.4] who does more than anybody does is asked to wait a minute, alone', async () => {
  const ben = await world.person('Ben');
  for (let n = 0; n < 60; n++) await world.say(ann, 'help');
  expect(noteOf(await world.say(ann, 'help'))).toContain('wait a minute');
  expect(cardOf(await world.say(ben, 'help')).title).toBe('Meeting rooms');
  world.moveTo(world.now() + minute);
  expect(cardOf(await world.say(ann, 'help')).title).toBe('Meeting rooms');
});

test('[2.1] the welcome comes once, by name', async () => {
  const first = await world.dispatch.arrive(ann.caller, 'a');
  expect(textOf(cardOf(first))).toContain('Hello Ann');
  expect(await world.dispatch.arrive(ann.caller, 'b')).toBeNull();
  expect(await world.dispatch.arrive(ann.caller, 'a')).toBeNull();
});

test('[6.4] every command is reported with its outcome', async () => {
  const gus = await world.person('Gus', { kind: 'guest' });
  await world.say(ann, 'book');
  await world.say(ann, 'rooms add');
  await world.say(gus, 'book');
  expect(world.outcomes).toEqual([
    { command: 'booking.open', platform: 'slack', outcome: 'form' },
    { command: 'rooms.add', platform: 'slack', outcome: 'refused' },
    { command: 'booking.open', platform: 'slack', outcome: 'refused' },
  ]);
});
