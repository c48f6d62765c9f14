import type { en } from '../en/index.ts';
import type { Translation } from '../keys.ts';

export const draft: Translation<typeof en.draft> = {
  alternatives: '還有哪些空檔？',
  recurring: '週期預約：有哪些場次？',
  ready: '要預約嗎？',
  readyText: '目前尚未預約。',
  refused: '無法照此預約',
  unreadable: '還缺少一些內容',
  done: '已完成預約',
  doneText: '請查看該筆預約的卡片。',
  book: '預約',
  edit: '編輯',
  take: '{{room}}，{{start}}',
  takenBy: '{{hours}}：{{topic}}（{{host}}）',
  busy: '{{hours}}：已有預約',
  more_other: '另外還有 {{count}} 筆。',
  offers: '下方列出可改約的會議室和時段。',
  noOffers: '前後都找不到其他空檔，請換一天試試。',
  kind: {
    sameRoom: '同一間會議室',
    sameTime: '同一時間',
    other: '其他會議室和時間',
  },
  takenMeanwhile: '剛剛已被預約，以下是目前的空檔。',
  changed: '內容在您查看後已有變動，以下是目前的狀況。',
  bookedAlready: '先前已完成預約，未重複預約。',
};
