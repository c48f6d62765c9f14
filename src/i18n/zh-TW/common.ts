import type { en } from '../en/index.ts';
import type { Translation } from '../keys.ts';

export const common: Translation<typeof en.common> = {
  refusal: '{{text}}（規則 {{clause}}）',
  withNearest: '{{said}}{{nearest}}',
  inZone: '{{span}}（{{zone}}）',
  minutes: '{{minutes}} 分鐘',
  hours: '{{hours}} 小時',
  hoursMinutes: '{{hours}} 小時 {{minutes}} 分鐘',
  days_other: '{{count}} 天',
  tomorrowAt: '明天 {{time}}',
  cancel: '取消',
  next: '下一頁',
  previous: '上一頁',
  page: '第 {{page}} 頁，共 {{pages}} 頁',
  yes: '是',
  no: '否',
  fault: '系統發生問題，未做任何變更。請再試一次；若問題仍在，請將代碼 {{code}} 告訴管理員。',
  stale: '這個按鈕已過期。請輸入 /book、/bookings 或 /help 重新開始。',
  tooFast: '操作過於頻繁，請一分鐘後再試。',
  tooMany: '貴單位目前使用人數眾多，請稍後再試。',
};
