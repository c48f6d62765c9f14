import type { en } from '../en/index.ts';
import type { Translation } from '../keys.ts';

export const chat: Translation<typeof en.chat> = {
  working: '請稍候，仍在處理中…',
  close: '關閉',
  truncated: '…還有更多',
  checkField: '請填寫此欄位，內容須符合要求。',
  below: '請看下方的新訊息。',
  cancelled: '已取消，未做任何變更。',
  notForYou: '這個機器人只服務所屬組織的成員。',
  answeredPrivately: '我已在一對一聊天中回覆您。',
  writePrivately: '請安裝這個應用程式，並在一對一聊天中傳訊息給我：我顯示的內容只給您看。',
};
