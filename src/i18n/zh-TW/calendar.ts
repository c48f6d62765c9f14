import type { en } from '../en/index.ts';
import type { Translation } from '../keys.ts';

export const calendar: Translation<typeof en.calendar> = {
  add: '加入行事曆',
  takeOut: '從行事曆移除',
  busy: '已占用',
  line: {
    host: '預約人：{{text}}',
    attendees: '與會者：{{text}}',
    join: '加入會議：{{text}}',
  },
  title: '您的行事曆訂閱網址',
  text: '在 Outlook、Google 日曆或 Apple 行事曆訂閱網址，預約就會自動顯示並保持更新。知道網址的人都能看到內容，請勿轉傳。',
  mine: '我的預約',
  room: '「{{room}}」的預約',
  none: '尚未建立網址。',
  since: '建立於 {{at}}。',
  used: '最近一次讀取：{{at}}。',
  unused: '尚未有行事曆讀取。',
  make: '建立網址',
  renew: '更換網址',
  renewConfirm: '目前的網址將失效，已訂閱的行事曆需改用新網址。',
  remove: '移除',
  removeConfirm: '網址將失效，已訂閱的行事曆不會再更新。',
  made: '這是您的新網址，先前的網址已失效。',
  removed: '網址已失效。',
  footnote: '您審核的其他會議室：輸入 /calendar 加上會議室名稱。',
  refused: {
    room: '只有會議室的審核人和管理員可以訂閱會議室的行事曆。',
    noRoom: '找不到名為「{{text}}」的會議室。',
    noAddress: '行事曆目前無法連線：管理員必須先設定對外網址。',
  },
};
