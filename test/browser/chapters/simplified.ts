import { workdayFrom } from '../../../src/sandbox/calendar.ts';
import { numberOn, painted, press } from '../chat.ts';
import { berlin, type Chapter, inDays } from './chapter.ts';

/** The same bot in Simplified Chinese (1.5). */
export const simplified: Chapter = async ({ mia, yating, step, picture }) => {
  await step('in Simplified Chinese, one sentence books', async () => {
    await mia.say('/language zh-CN');
    await mia.card('语言', '简体中文');
    await mia.say(`/book ${inDays(10)} 下午三点 1小时 4人 方案讨论 Spree`);
    const card = await mia.card('要预订吗？', '方案讨论', 'Spree');
    await press(card, '预订');
    const number = await numberOn(await mia.card('待审批', '方案讨论'));
    await press(await yating.card(`Booking #${number}`, '方案讨论'), 'Approve');
    await picture('booking-zh-CN', await mia.card(`预订 #${number}`, '已批准', 'Spree'));
  });

  await step('form, heat map and day in Simplified Chinese', async () => {
    await mia.say('/book');
    await picture('form-zh-CN', await mia.card('预订会议室', '提交申请'));
    await mia.say('/stats 上个月 Berlin');
    const numbers = await mia.card('统计', '各时段与星期的使用率');
    await painted(numbers);
    await picture('heat-map-zh-CN', numbers.getByRole('img').first());
    await mia.say(`/rooms ${workdayFrom(Date.now(), berlin, 1)}`);
    const day = await mia.card('会议室', '最近的空档');
    await painted(day);
    await picture('day-zh-CN', day);
    await mia.say('/language en');
    await mia.card('Language', 'English');
  });
};
