import type { en } from '../en/index.ts';
import type { Translation } from '../keys.ts';

export const draft: Translation<typeof en.draft> = {
  alternatives: '还有哪些空档？',
  recurring: '系列预订：有哪些场次？',
  ready: '要预订吗？',
  readyText: '目前尚未预订。',
  refused: '无法照此预订',
  unreadable: '还缺少一些内容',
  done: '已完成预订',
  doneText: '请查看该预订的卡片。',
  book: '预订',
  edit: '编辑',
  take: '{{room}}，{{start}}',
  takenBy: '{{hours}}：{{topic}}（{{host}}）',
  busy: '{{hours}}：已被预订',
  more_other: '另外还有 {{count}} 个。',
  offers: '下方列出可改订的会议室和时段。',
  noOffers: '前后都没有其他空档，请换一天试试。',
  kind: {
    sameRoom: '同一会议室',
    sameTime: '同一时间',
    other: '其他会议室和时间',
  },
  takenMeanwhile: '刚刚已被预订，以下是目前的空档。',
  changed: '内容在您查看后已有变动，以下是目前的情况。',
  bookedAlready: '先前已完成预订，没有重复预订。',
};
