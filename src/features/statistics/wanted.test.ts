import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { cardOf, textOf } from '../../../test/support/answers.ts';
import { createWorld, type Someone, type World } from '../../../test/support/world.ts';
import type { RoomId } from '../../core/ids.ts';
import { refusedRequest } from './schema.ts';

let world: World;
let ann: Someone;
let ben: Someone;
let rae: Someone;
let alps: RoomId;
beforeEach(async () => {
  world = await createWorld();
  [ann, ben, rae] = [await world.person('Ann'), await world.person('Ben'), await world.person('Rae')];
  alps = await world.room({ name: 'Alps', reviewers: [rae] });
  await world.book(ben, { topic: 'Review', date: '2026-12-02', start: '10:00', duration: '60', room: alps });
});
afterEach(() => world.stop());

const wishes = () => world.db.read.select().from(refusedRequest);

test('[2.8] a sentence that is answered by “taken” counts as a wish without a room, once however it goes on', async () => {
  const said = await world.say(ann, 'book Alps 2026-12-02 10:00 1h retro');
  expect(textOf(cardOf(said))).toContain('Alps is taken until');
  expect(await wishes()).toMatchObject([{ host: ann.person, room: alps, zone: 'Europe/Berlin' }]);
  await world.say(ann, 'book Alps 2026-12-02 10:00 1h retro');
  expect(await wishes()).toHaveLength(1);
});

test('[2.8] where any room would have done and none is free, that counts for no room', async () => {
  const said = await world.say(ann, 'book 2026-12-02 10:00 1h retro');
  expect(cardOf(said).title).toBeDefined();
  expect(await wishes()).toMatchObject([{ host: ann.person, room: null }]);
});

test('[2.8] what is free, or refused for another reason, is no such wish', async () => {
  await world.say(ann, 'book Alps 2026-12-02 12:00 1h retro');
  await world.say(ann, 'book Alps 2026-12-02 03:00 1h retro');
  await world.say(ann, 'book Alps 2026-12-02 10:00 9h retro');
  expect(await wishes()).toEqual([]);
});
