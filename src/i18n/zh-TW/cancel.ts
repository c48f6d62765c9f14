import type { en } from '../en/index.ts';
import type { Translation } from '../keys.ts';

export const cancel: Translation<typeof en.cancel> = {
  cancel: '取消預約',
  title: '取消 #{{number}}',
  reason: '理由',
  reasonHint: '與會者和審核人會看到',
  keep: '不取消了',
  kept: '預約維持不變。',
  asked: '將由審核人確認，最晚於 {{due}} 生效。',
  askedLate: '距開始不到 {{notice}}，視為臨時取消。',
  confirm: '確認取消',
  request: '{{host}} 取消「{{room}}」',
};
