import assert from 'node:assert/strict';
import type { BrowserContext, Locator } from 'playwright-core';
import { addDays, toLocal } from '../../src/core/time.ts';
import type { Sandbox } from '../support/sandbox.ts';
import { changes, dialogue } from './chapters/change.ts';
import type { Chapter } from './chapters/chapter.ts';
import { ownDesk, reviewersDesk } from './chapters/desk.ts';
import { numbers, records } from './chapters/numbers.ts';
import { ownCalendar } from './chapters/own-calendar.ts';
import { sentenceAndWaitlist } from './chapters/sentence.ts';
import { series } from './chapters/series.ts';
import { simplified } from './chapters/simplified.ts';
import { addPeople, type Chat, choose, enterDate, openChat, press, tick, typedIn } from './chat.ts';
import type { TakePicture } from './pictures.ts';
import type { Step } from './steps.ts';

type Parts = {
  context: BrowserContext;
  sandbox: Sandbox;
  step: Step;
  picture: TakePicture;
  /** Ends the sandbox and starts it again on the same data. */
  restart(): Promise<Sandbox>;
};

const topic = 'Design review';
const note = 'We bring samples; please have the blinds down.';
const markup = '<b>bold</b> *stars* <!channel> &amp;';

const chapters: Chapter[] = [
  sentenceAndWaitlist,
  changes,
  dialogue,
  series,
  reviewersDesk,
  ownDesk,
  ownCalendar,
  numbers,
  records,
  simplified,
];

/** What the README tells: book, get it approved, be reminded; then a rejection, a restart, the chapters, and Chinese. */
export async function tellStory({ context, sandbox, step, picture, restart }: Parts): Promise<void> {
  let mia: Chat = await openChat(context, windowOf(sandbox, 'Mia'));
  let booking = '';
  let mine: Locator;
  let form: Locator;

  await step('Mia opens her window and is welcomed', async () => {
    await mia.card('Hello Mia Brandt');
  });

  await step('/book opens the form, preset to today or tomorrow', async () => {
    await mia.say('/book');
    form = await mia.card('Book a room', 'Note to the reviewer');
    assert.equal(await typedIn(form, 'combobox', 'Room'), 'Find me one');
  });

  await step(
    'a headcount below the number of attendees comes back at its field, with everything kept',
    async () => {
      await choose(form, 'Room', /^Spree/);
      await form.getByRole('textbox', { name: 'Topic' }).fill(topic);
      await enterDate(form, 'Date', tomorrow());
      await choose(form, 'Start', '14:00');
      await choose(form, 'Duration', /^1 h$/);
      await addPeople(form, ['Sofia Rossi', 'Jonas Weber']);
      await form.getByRole('spinbutton', { name: 'Headcount' }).fill('2');
      await tick(form, 'Equipment', 'Whiteboard');
      await form.getByRole('textbox', { name: 'Note' }).fill(note);
      await press(form, 'Request');

      form = await mia.card('Book a room', 'so it is at least 3');
      await picture('form', form);
      assert.match((await typedIn(form, 'combobox', 'Room')) ?? '', /^Spree/);
      assert.equal(await typedIn(form, 'textbox', 'Topic'), topic);
      assert.equal(await typedIn(form, 'combobox', 'Start'), '14:00');
      assert.equal(await typedIn(form, 'combobox', 'Duration'), '1 h');
      assert.equal(await typedIn(form, 'spinbutton', 'Headcount'), '2');
      assert.equal(await typedIn(form, 'textbox', 'Note'), note);
      await form.getByText('Sofia Rossi').waitFor();
      await form.getByText('Jonas Weber').waitFor();
    },
  );

  await step(
    'corrected and sent again, the form turns into the booking, which waits for approval',
    async () => {
      await form.getByRole('spinbutton', { name: 'Headcount' }).fill('4');
      await press(form, 'Request');
      mine = await mia.card('Waiting for approval', topic);
      booking = /Booking #(\d+)/.exec((await mine.textContent()) ?? '')?.[1] ?? '';
      assert.notEqual(booking, '');
      await mine.getByText(note).waitFor();
    },
  );

  let yating: Chat = await openChat(context, windowOf(sandbox, 'Ya-ting'));
  await step(
    'Ya-ting opens her window: the requests of the last hours and Mia’s are there, and she approves',
    async () => {
      await yating.card('Fire drill briefing', 'Approve');
      const request = await yating.card(`Booking #${booking}`, 'Approve');
      await request.getByText(note).waitFor();
      await picture('approval', request);
      await press(request, 'Approve');
      await yating.card(`Booking #${booking}`, 'Approved by Ya-ting Lin');
    },
  );

  await step('Mia’s card changes in place, and she is told', async () => {
    const changed = await mia.card(`Booking #${booking}`, 'Approved by Ya-ting Lin');
    assert.equal(await mia.page.getByText('Waiting for approval').count(), 0);
    await mia.card(`#${booking} is approved`);
    await picture('approved', changed);
  });

  await step('“sandbox next” moves the clock, and the reminder arrives', async () => {
    await mia.say('sandbox next');
    await mia.card('Now it is', `booking #${booking}`);
    const first = await mia.card(/^In (1 day|15 min): /, topic);
    // Tomorrow's meeting may be more than a day away: then that reminder comes before the last one.
    if (((await first.textContent()) ?? '').startsWith('In 1 day')) await mia.say('sandbox next');
    await picture('reminder', await mia.card(/^In 15 min: /, topic));
  });

  await step('Ya-ting rejects a request, and Mia reads the reason', async () => {
    const request = await yating.card('Supplier call', 'Approve');
    await press(request, 'Reject');
    await request.getByRole('textbox', { name: 'Reason' }).fill('Havel is being painted.');
    await picture('reject', request);
    await press(request, 'Reject', 'last');
    await yating.card('Supplier call', 'Rejected by Ya-ting Lin');
    await mia.card('was rejected', 'Havel is being painted.');
  });

  await step('the sandbox is ended and started again: everything is still there', async () => {
    await mia.page.close();
    await yating.page.close();
    const again = await restart();
    mia = await openChat(context, windowOf(again, 'Mia'));
    await mia.say('/bookings');
    await mia.card(`#${booking} ${topic}`, 'Approved');
    yating = await openChat(context, windowOf(again, 'Ya-ting'));
    await yating.say('/approvals');
    await yating.card('Fire drill briefing', 'Approve');
  });

  for (const tellChapter of chapters) await tellChapter({ mia, yating, step, picture });

  await step('what is typed shows as typed', async () => {
    await mia.say(markup);
    await mia.card(`I don’t know what to do with “${markup}”`);
  });

  await step('Mia changes to Chinese', async () => {
    await mia.say('/language zh-TW');
    await mia.card('語言', '繁體中文');
    await mia.say('/bookings');
    await picture('bookings-zh-TW', await mia.card(`#${booking} ${topic}`, '已核准'));
    await mia.say('/rooms');
    await picture('rooms-zh-TW', await mia.card('會議室', 'Wannsee'));
    await mia.say('/rules');
    await picture('rules-zh-TW', await mia.card('規則', '10.4'));
  });
}

function windowOf(sandbox: Sandbox, name: string): string {
  const address = sandbox.windows[name];
  assert(address, `the sandbox has printed no address for ${name}`);
  return address;
}

/** By the clock in Berlin, where Mia is. */
const tomorrow = (): string => addDays(toLocal(Date.now(), 'Europe/Berlin').date, 1);
