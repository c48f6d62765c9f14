import { press, rowOf, tell, tick } from '../chat.ts';
import { type Chapter, inDays } from './chapter.ts';

/** What a reviewer and admin does in lists and forms (2.2, 7.1, 10.2). */
export const reviewersDesk: Chapter = async ({ mia, yating, step, picture }) => {
  await step('/approvals: several are approved in one go', async () => {
    await mia.say(`/book ${inDays(8)} 6pm 45min 2 people budget check Panke`);
    await press(await mia.card('Book this?', 'budget check'), 'Book it');
    await mia.card('Waiting for approval', 'budget check');
    await yating.say('/approvals');
    const list = await yating.card('wait for you', 'budget check', 'Approve several…');
    await picture('approvals', list);
    await press(list, 'Approve several…');
    const form = await yating.card('Approve several', 'Which');
    await tick(form, 'Which', /budget check/);
    await tick(form, 'Which', /面試/);
    await press(form, 'Approve');
    await picture('several', await yating.card('Result of 2', 'budget check', '面試'));
  });

  await step('what Ya-ting rejects is offered to Mia, who waits for it', async () => {
    await mia.say(`/waitlist`);
    await picture('waitlist', await mia.card('My waitlist', 'Müggelsee'));
    const list = await yating.card('Approve several…', 'Fire drill briefing');
    await press(rowOf(list, 'Fire drill briefing', 'Open'), 'Open');
    const request = await yating.card('Jonas Weber asks for Müggelsee', 'Fire drill briefing');
    await tell(request, 'Reject', 'Reason', 'The sprinklers are being checked.');
    const offer = await mia.card('Waitlist: Müggelsee', 'Take it');
    await picture('offer', offer);
    await press(offer, 'Take it');
    await mia.card('Waiting for approval', 'Quarterly review');
  });

  await step('/rules: a change is a new version, shown as what differs', async () => {
    await yating.say('/rules');
    await press(await yating.card('Rules in force', 'Change the limits…'), 'Change the limits…');
    const form = await yating.card('Save', 'In force from');
    await form.getByRole('spinbutton', { name: 'Days ahead' }).fill('90');
    await press(form, 'Save');
    await picture('rules-diff', await yating.card('60', '90', '→'));
    await yating.say('/rules test tomorrow 5pm 30 min 3 people Spree');
    await picture('rules-test', await yating.card('How this would be decided'));
  });

  await step('/duties: who stands in for whom', async () => {
    await yating.say('/duties');
    await picture('duties', await yating.card('Duties', 'Jonas Weber stands in'));
  });
};

/** What everybody sets for themselves, and where they begin (2.7). */
export const ownDesk: Chapter = async ({ mia, step, picture }) => {
  await step('/reminders: which, and when not', async () => {
    await mia.say('/reminders');
    const card = await mia.card('My reminders', 'Change');
    await press(card, 'Change');
    await picture('reminders', await mia.card('My reminders', 'Save'));
  });

  await step('/rooms with words: what is free then', async () => {
    await mia.say('/rooms tomorrow afternoon 10 people projector');
    await picture('rooms-free', await mia.card('Free rooms', 'Wannsee'));
  });

  await step('/home: what waits, and what comes next', async () => {
    await mia.say('/home');
    await picture('home', await mia.card('Hello Mia', 'Book now'));
  });
};
