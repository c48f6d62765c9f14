import type { en } from '../en/index.ts';
import type { Translation } from '../keys.ts';

export const waitlist: Translation<typeof en.waitlist> = {
  join: '加入候补',
  title: '候补：{{room}}',
  state: {
    waiting: '候补中',
    offered: '轮到您了',
    taken: '已预订',
    left: '已退出',
    lapsed: '已结束',
  },
  next: '您是候补第一位。该时段空出后会先为您保留，并在此通知您。',
  place: '您目前是候补第 {{place}} 位。轮到您时会先为您保留，并在此通知您。',
  offered: '该时段已空出，为您保留至 {{until}}。逾期将通知下一位。',
  taken: '您已接受，请查看该预订的卡片。',
  left: '您已退出候补。',
  lapsed: '候补已结束：答复时限或开始时间已过，或规则已不允许。',
  take: '接受',
  decline: '不用了',
  leave: '退出候补',
  list: '我的候补',
  none: '您目前没有候补。会议室被占用时，可在 /book 中加入候补。',
  rowPlace: '第 {{place}} 位',
  refused: {
    already: '您已在候补名单中。',
    booked: '您已预订了该会议室的这个时段。',
    free: '该会议室此时空闲，可以直接预订。',
    over: '该候补已结束：已有答复，或时间已过。',
    notYours: '只有候补者本人可以操作。',
    notYet: '该时段还没有空出，空出后会通知您。',
  },
};
