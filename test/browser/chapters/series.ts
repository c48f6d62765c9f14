import { press } from '../chat.ts';
import type { Chapter } from './chapter.ts';

/** A series is planned date by date and approved in one step (2.1, 2.2). */
export const series: Chapter = async ({ mia, yating, step, picture }) => {
  await step('a series shows each date, and gets another room where one is taken', async () => {
    await mia.say('/book every Wednesday 10am 1h 5 people jour fixe Müggelsee 4 times');
    const draft = await mia.card('A series: which dates?', 'jour fixe');
    await press(draft, 'Show the dates');
    const preview = await mia.card('Series: jour fixe', 'Taken');
    await picture('series-preview', preview);
    await preview
      .getByRole('button', { name: /^(Spree|Wannsee|Tegel)$/ })
      .last()
      .click();
    const chosen = await mia.card('Series: jour fixe', 'Chosen');
    await chosen.getByRole('button', { name: /^Request \d dates?$/ }).click();
    await picture('series', await mia.card('Series: jour fixe', 'Waiting for approval'));
  });

  await step('one approval decides it, and Mia is told once', async () => {
    const review = await yating.card('asks for a series: jour fixe');
    await picture('series-approval', review);
    await review.getByRole('button', { name: /^Approve \d dates?$/ }).click();
    await mia.card('Series: jour fixe', /Approved: \d/);
  });
};
