import type { en } from '../en/index.ts';
import type { Translation } from '../keys.ts';

export const home: Translation<typeof en.home> = {
  title: '會議室預約',
  help: '請輸入下列任一指令，或按下按鈕。',
  welcome: '{{name}} 您好，我能幫您預約會議室。請輸入下列任一指令，或按下按鈕。',
  unknown: '我不知道「{{text}}」要做什麼。我看得懂這些指令：',
  words: {
    book: '申請會議室',
    bookings: '您預約的和受邀參加的會議',
    rooms: '所有會議室及目前空閒狀況；後面加上文字可縮小範圍',
    approvals: '待您審核的申請',
    rules: '現行規則',
    language: 'English、繁體中文、简体中文',
  },
  buttons: {
    book: '預約會議室',
    bookings: '我的預約',
    rooms: '會議室',
    approvals: '待審核',
    rules: '規則',
    language: '語言',
  },
  admin: {
    roomsAdd: { title: '/rooms add', text: '新增會議室' },
    roomsEdit: { title: '/rooms edit <名稱>', text: '編輯會議室和審核人，或停用會議室' },
    roles: { title: '/roles', text: '管理員、督導等角色由誰擔任' },
  },
};
