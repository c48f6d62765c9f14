import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readCalendar } from '../../support/read-calendar.ts';
import { download, numberOn, press, rowOf } from '../chat.ts';
import { type Chapter, inDays } from './chapter.ts';

/** Bookings in one's own calendar: one by its button, all of them by an address (2.3). */
export const ownCalendar: Chapter = async ({ mia, yating, step, picture }) => {
  let number = '';

  await step('“Add to calendar” on an approved card downloads an invitation', async () => {
    await mia.say(`/book ${inDays(9)} 1pm 45min 3 people roadmap Spree`);
    await press(await mia.card('Book this?', 'roadmap'), 'Book it');
    number = await numberOn(await mia.card('Waiting for approval', 'roadmap'));
    await press(await yating.card(`Booking #${number}`, 'roadmap'), 'Approve');
    const file = await download(
      await mia.card(`#${number} is approved`, 'Add to calendar'),
      'Add to calendar',
    );
    assert.equal(file.suggestedFilename(), `booking-${number}.ics`);
    const { method, dates } = readCalendar(readFileSync(await file.path(), 'utf8'));
    assert.equal(method, 'REQUEST');
    assert.deepEqual(
      dates.map(({ summary }) => summary),
      ['roadmap'],
    );
  });

  await step(
    '/calendar gives an address, and a calendar that subscribes to it gets the booking',
    async () => {
      await mia.say('/calendar');
      const empty = await mia.card('Your calendar addresses', 'No address yet');
      await press(rowOf(empty, 'My bookings', 'Make an address'), 'Make an address');
      const card = await mia.card('Your calendar addresses', '/calendar/feed/');
      const [address = ''] =
        /http:\/\/127\.0\.0\.1:\d+\/calendar\/feed\/[\w.-]+\.ics/.exec((await card.textContent()) ?? '') ??
        [];
      const answer = await fetch(address);
      assert.equal(answer.headers.get('content-type'), 'text/calendar; charset=utf-8');
      const { dates } = readCalendar(await answer.text());
      assert(dates.some(({ summary }) => summary === 'roadmap'));
      await mia.say('/calendar');
      await picture('calendar', await mia.card('Your calendar addresses', 'Last fetched on'));
    },
  );
};
