import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { workdayFrom } from '../../../src/sandbox/calendar.ts';
import { download, painted, press, rowOf, typedIn } from '../chat.ts';
import { berlin, type Chapter } from './chapter.ts';

/** What the numbers say, as pictures and as tables (2.8). */
export const numbers: Chapter = async ({ mia, yating, step, picture }) => {
  await step('/stats: key numbers and the heat map of a month', async () => {
    await yating.say('/stats last month Berlin');
    const card = await yating.card('Statistics', 'Use by hour and weekday');
    await painted(card);
    await picture('statistics', card);
    await picture('heat-map', card.getByRole('img').first());
  });

  await step('an admin sees the hours of each department', async () => {
    const card = await yating.card('Statistics', 'Hours by department');
    await press(rowOf(card, 'Hours by department', 'Show'), 'Show');
    const departments = await yating.card('Hours by department', 'Engineering', 'All numbers');
    await painted(departments);
    await picture('departments', departments);
  });

  await step('the heat map in Chinese', async () => {
    await yating.say('/language zh-TW');
    await yating.card('語言', '繁體中文');
    await yating.say('/stats 上個月 Berlin');
    const card = await yating.card('統計', '各時段與星期的使用率');
    await painted(card);
    await picture('heat-map-zh-TW', card.getByRole('img').first());
    await yating.say('/language en');
    await yating.card('Language', 'English');
  });

  await step('/rooms and a day draws it, and what is free next opens the form', async () => {
    // Not today, on which nobody may be at work.
    const date = workdayFrom(Date.now(), berlin, 1);
    await mia.say(`/book ${date} 4pm 1h 5 people sprint review Spree`);
    await press(await mia.card('Book this?', 'sprint review'), 'Book it');
    await mia.card('Waiting for approval', 'sprint review');
    await mia.say(`/rooms ${date}`);
    const card = await mia.card('Rooms on', 'free next');
    await painted(card);
    await picture('day', card);
    const next = card.getByRole('button', { name: / \d\d:\d\d$/ }).first();
    const [, room = '', time = ''] = /^(.*) (\d\d:\d\d)$/.exec((await next.textContent()) ?? '') ?? [];
    await next.click();
    const form = await mia.card('Book a room', 'Note to the reviewer');
    assert((await typedIn(form, 'combobox', 'Room')).startsWith(room));
    assert.equal(await typedIn(form, 'combobox', 'Start'), time);
  });
};

/** What happened, searched and taken along (2.6). */
export const records: Chapter = async ({ yating, step, picture }) => {
  await step('/records in words finds what was cancelled', async () => {
    await yating.say('/records cancelled last month Berlin');
    await picture('records', await yating.card('Records', 'Cancelled', 'Export CSV'));
  });

  await step('the export comes as a link of one’s own, which downloads the file', async () => {
    await press(await yating.card('Records', 'Cancelled', 'Export CSV'), 'Export CSV');
    const card = await yating.card('Export of the records (CSV)', 'Download');
    await picture('export', card);
    const file = await download(card, 'Download');
    assert.match(file.suggestedFilename(), /^bookings \d{4}-\d{2}-\d{2}\.csv$/);
    assert.match(readFileSync(await file.path(), 'utf8'), /^\uFEFFNumber,State,Topic,/);
  });

  await step('/history tells what became of one', async () => {
    const list = await yating.card('Records', 'Cancelled', 'Export CSV');
    await press(list, 'History');
    await picture('history', await yating.card('History of #', 'confirmed the cancellation'));
  });
};
