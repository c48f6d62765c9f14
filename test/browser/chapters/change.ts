import { choose, numberOn, press, tell } from '../chat.ts';
import { type Chapter, inDays } from './chapter.ts';

/** An approved booking is changed (2.4). */
export const changes: Chapter = async ({ mia, yating, step, picture }) => {
  let number = '';

  await step('“move #… to …” opens the form with that in it', async () => {
    await mia.say(`/book ${inDays(5)} 9:30 1h 3 people pricing talk Spree`);
    await press(await mia.card('Book this?', 'pricing talk'), 'Book it');
    number = await numberOn(await mia.card('Waiting for approval', 'pricing talk'));
    await press(await yating.card(`Booking #${number}`, 'pricing talk'), 'Approve');
    await mia.card(`#${number} is approved`);
    await mia.say(`move #${number} to ${inDays(6)} 10:30`);
    const form = await mia.card(`Change #${number}`, 'Save');
    await picture('change', form);
    await press(form, 'Save');
    await mia.card(`Booking #${number}`, 'Change waits for approval');
  });

  await step('the reviewer sees old and new; approved, it moves, and Mia is told', async () => {
    const asked = await yating.card('wants to change', 'pricing talk', '→');
    await picture('change-approval', asked);
    await press(asked, 'Approve');
    await mia.card(`#${number} has changed`, '→');
  });

  await step('“+15 min” asks for a longer meeting, which Mia then takes back', async () => {
    await press(await mia.card(`Booking #${number}`, '+15 min'), '+15 min');
    const waits = await mia.card(`Booking #${number}`, 'Change waits for approval', 'Take the change back');
    await picture('longer', waits);
    await press(waits, 'Take the change back');
    await mia.card(`Booking #${number}`, 'The change is taken back');
  });
};

/** A reviewer asks back and proposes another room (2.2). */
export const dialogue: Chapter = async ({ mia, yating, step, picture }) => {
  let number = '';

  await step('Ya-ting asks a question, and Mia answers', async () => {
    await mia.say(`/book ${inDays(7)} 4pm 1h 5 people vendor talk Spree`);
    await press(await mia.card('Book this?', 'vendor talk'), 'Book it');
    number = await numberOn(await mia.card('Waiting for approval', 'vendor talk'));
    const asked = await yating.card(`Booking #${number}`, 'vendor talk');
    await tell(asked, 'Ask a question…', 'Your question', 'Do you need a projector?');
    const question = await mia.card('Ya-ting Lin asks', 'Do you need a projector?', 'Answer');
    await picture('question', question);
    await tell(question, 'Answer', 'Your answer', 'Yes, please.');
    await yating.card(`#${number}: your question is answered`);
  });

  await step('Ya-ting proposes another room, and Mia accepts in one click', async () => {
    await press(
      await yating.card(`Booking #${number}`, 'Yes, please.', 'Propose another…'),
      'Propose another…',
    );
    const form = await yating.card(`Propose for #${number}`);
    await choose(form, 'Room', /^Wannsee/);
    await picture('propose', form);
    await press(form, 'Propose');
    const proposal = await mia.card(`another place for #${number}`, 'Wannsee', 'Accept');
    await picture('proposal', proposal);
    await press(proposal, 'Accept');
    await mia.card(`Booking #${number}`, 'Approved', 'Wannsee');
  });
};
