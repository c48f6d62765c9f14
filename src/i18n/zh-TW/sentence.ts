import type { en } from '../en/index.ts';
import type { Translation } from '../keys.ts';

export const sentence: Translation<typeof en.sentence> = {
  noSuchTime: '沒有這個日期或時間，請另選。',
  noSuchBooking: '沒有預約 #{{number}}。',
  missing: {
    start: '請補上時間。',
    time: '請補上幾點開始。',
    topic: '請補上會議主題。',
  },
  nobody: '找不到 @{{name}}，請在下方選擇。',
  several: '有好幾位叫 @{{name}}，請在下方選擇。',
  guest: '{{name}} 不是組織成員，無法邀請。',
  rooms: {
    title: '空會議室：{{when}}',
    none: '該時段沒有符合條件的空會議室，請換個時間或放寬條件。',
    free: '空檔 {{spans}}',
    book: '預約',
  },
};
