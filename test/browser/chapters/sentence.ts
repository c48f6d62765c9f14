import { fromLocal, toLocal } from '../../../src/core/time.ts';
import { numberOn, press, tell } from '../chat.ts';
import { berlin, type Chapter, inDays, taipei } from './chapter.ts';

/** One sentence books; what is taken is waited for, until it becomes free (2.1, 2.5). */
export const sentenceAndWaitlist: Chapter = async ({ mia, yating, step, picture }) => {
  const date = inDays(3);
  const there = toLocal(fromLocal({ date, time: '15:00', zone: berlin }), taipei);
  let number = '';

  await step('one sentence is a card, and “Book it” asks for the room', async () => {
    await mia.say(`/book ${date} 3pm 1h 4 people kick-off Spree`);
    const card = await mia.card('Book this?', 'kick-off', 'Spree');
    await picture('sentence', card);
    await press(card, 'Book it');
    number = await numberOn(await mia.card('Waiting for approval', 'kick-off'));
    await press(await yating.card(`Booking #${number}`, 'kick-off'), 'Approve');
    await mia.card(`#${number} is approved`);
  });

  await step(
    'Ya-ting asks for the same in Chinese: taken, with other rooms and times to choose from',
    async () => {
      await yating.say('/language zh-TW');
      await yating.card('語言', '繁體中文');
      await yating.say(`/book ${there.date} ${there.time} 1小時 4人 設計評審 Spree`);
      const taken = await yating.card('加入候補', '設計評審', 'kick-off');
      await picture('alternatives-zh-TW', taken);
      await press(taken, '加入候補');
      await yating.card('候補：', '您是候補第一位');
    },
  );

  await step('Mia cancels with a reason, and a reviewer confirms', async () => {
    const mine = await mia.card(`Booking #${number}`, 'Cancel booking');
    await tell(mine, 'Cancel booking', 'Reason', 'The customer can’t come.');
    await mia.card(`Booking #${number}`, 'Being cancelled', 'Keep it after all');
    const asked = await yating.card('Mia Brandt 取消', 'The customer can’t come.');
    await picture('cancel-zh-TW', asked);
    await press(asked, '確認取消');
    await mia.card(`#${number} is cancelled`);
  });

  await step('the room is offered to Ya-ting, who takes it', async () => {
    const offer = await yating.card('輪到您了', '接受');
    await press(offer, '接受');
    await yating.card('待審核', '設計評審', 'Spree');
  });

  await step('Ya-ting books in one Chinese sentence', async () => {
    await yating.say(`/book ${inDays(4)} 下午三點到四點半 玉山 8人 產品回顧`);
    const card = await yating.card('要預約嗎？', '產品回顧', '玉山');
    await picture('sentence-zh-TW', card);
    await press(card, '預約');
    await yating.card('待審核', '產品回顧', '玉山');
    await yating.say('/language en');
    await yating.card('Language', 'English');
  });
};
