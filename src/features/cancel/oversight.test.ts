import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { cardOf, labelsOf, noteOf, textOf } from '../../../test/support/answers.ts';
import { createWorld, type Someone, type World } from '../../../test/support/world.ts';

let world: World;
let [ada, ann, ben, rae]: Someone[] = [];

beforeEach(async () => {
  world = await createWorld({ admins: ['ada@example.org'] });
  [ada, ann, ben, rae] = await Promise.all(['Ada', 'Ann', 'Ben', 'Rae'].map((name) => world.person(name)));
  await world.room({ name: 'Alps', reviewers: [rae as Someone] });
});
afterEach(() => world.stop());

const meeting = { date: '2026-12-03', start: '10:00', duration: '60' };

test('[2.5] an admin finds any booking by its number, cancels it, and the host hears who and why', async () => {
  const booking = await world.book(ann as Someone, { ...meeting, topic: 'Retro' });
  await world.act(rae as Someone, { command: 'approval.approve', data: { booking, asOf: '1' } });
  const card = cardOf(await world.say(ada as Someone, 'cancel #1001'));
  expect(textOf(card)).toContain('Retro');
  const done = cardOf(await world.press(ada as Someone, card, 'Cancel booking', { reason: 'Fire drill' }));
  expect(done.badge).toBe('Cancelled');
  const news = await world.sent(ann as Someone, 'booking.news', { booking, news: 'cancelled' });
  expect(news && textOf(news)).toMatch(/Cancelled by Ada .*: Fire drill/);
  expect(noteOf(await world.say(ben as Someone, 'cancel #1001'))).toContain('out of date');
});

test('[5.3] of a confidential one an admin sees only when, where and whose', async () => {
  await world.book(ann as Someone, { ...meeting, topic: 'Layoffs', confidential: true, note: 'Secret' });
  const card = cardOf(await world.say(ada as Someone, 'cancel #1001'));
  expect(card.facts?.map((fact) => fact.label)).toEqual(['When', 'Room', 'Host']);
  expect(`${textOf(card)}${labelsOf(card)}`).not.toMatch(/Layoffs|Secret/);
});
