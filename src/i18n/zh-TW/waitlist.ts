import type { en } from '../en/index.ts';
import type { Translation } from '../keys.ts';

export const waitlist: Translation<typeof en.waitlist> = {
  join: '加入候補',
  title: '候補：{{room}}',
  state: {
    waiting: '候補中',
    offered: '輪到您了',
    taken: '已預約',
    left: '已退出',
    lapsed: '已結束',
  },
  next: '您是候補第一位。該時段空出時會先為您保留，並在這裡通知您。',
  place: '您目前是候補第 {{place}} 位。輪到您時會先為您保留，並在這裡通知您。',
  offered: '該時段已空出，為您保留至 {{until}}。逾時將通知下一位。',
  taken: '您已接受，請查看該筆預約的卡片。',
  left: '您已退出候補。',
  lapsed: '候補已結束：回覆時限或開始時間已過，或規則已不允許。',
  take: '接受',
  decline: '不用了',
  leave: '退出候補',
  list: '我的候補',
  none: '您目前沒有候補。會議室已有預約時，可在 /book 中加入候補。',
  rowPlace: '第 {{place}} 位',
  refused: {
    already: '您已在候補名單中。',
    booked: '您已預約了這間會議室的這個時段。',
    free: '這間會議室在該時段有空，可以直接預約。',
    over: '這項候補已結束：已有回覆，或時間已過。',
    notYours: '只有候補者本人可以這麼做。',
    notYet: '該時段還沒有空出，空出時會通知您。',
  },
};
