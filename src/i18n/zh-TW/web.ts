import type { en } from '../en/index.ts';
import type { Translation } from '../keys.ts';

export const web: Translation<typeof en.web> = {
  unknown: {
    title: '連結無效',
    text: '連結不完整，或從未發出。請從收到連結的訊息重新開啟。',
  },
  expired: {
    title: '連結已過期',
    text: '連結只在一段時間內有效，請在聊天中向預約機器人索取新連結。',
  },
  revoked: {
    title: '連結已失效',
    text: '連結已收回，或不再適用於原收件人。請在聊天中向預約機器人索取新連結。',
  },
  tooMany: {
    title: '請求過於頻繁',
    text: '請稍候一分鐘再試。',
  },
};
