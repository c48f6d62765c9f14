import type { en } from '../en/index.ts';
import type { Translation } from '../keys.ts';

export const sentence: Translation<typeof en.sentence> = {
  noSuchTime: '没有这个日期或时间，请另选。',
  noSuchBooking: '没有预订 #{{number}}。',
  missing: {
    start: '请补充时间。',
    time: '请补充几点开始。',
    topic: '请补充会议主题。',
  },
  nobody: '找不到 @{{name}}，请在下方选择。',
  several: '有好几位叫 @{{name}}，请在下方选择。',
  guest: '{{name}} 不是组织成员，无法邀请。',
  rooms: {
    title: '空闲会议室：{{when}}',
    none: '该时段没有符合条件的空闲会议室，请换个时间或放宽条件。',
    free: '空闲 {{spans}}',
    book: '预订',
  },
};
