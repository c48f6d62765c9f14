import type { en } from '../en/index.ts';
import type { Translation } from '../keys.ts';

export const people: Translation<typeof en.people> = {
  languages: { en: 'English', 'zh-TW': '繁體中文', 'zh-CN': '简体中文' },
  language: {
    title: '語言',
    text: '您希望我用哪種語言傳訊息給您？',
    changed: '之後我會用繁體中文傳訊息給您。',
  },
  role: {
    admin: '管理員',
    custodian: '場地負責人',
    support: '技術支援',
    supervisor: '督導',
    trainer: '講師',
    policyOwner: '制度負責人',
    privacyOfficer: '個資保護負責人',
  },
  roles: {
    title: '角色',
    text: '審核人在各會議室的設定中指定（/rooms edit），其他角色都在這裡指派。',
    configured: '由系統設定指定的管理員：{{names}}。',
    holds: '{{role}}，{{since}} 起',
    give: '指派角色',
    take: '收回角色',
    takeConfirm: '{{name}} 將失去此角色：{{role}}。',
    heldAlready: '您選的人都已經有「{{role}}」這個角色了。',
    notHeld: '{{name}}已經沒有「{{role}}」這個角色了。',
    who: '人員',
    role: '角色',
  },
  departments: {
    title: '部門',
    text: '核准規則可依預約人的部門而定。',
    count_other: '{{count}} 人',
    more_other: '另有 {{count}} 個部門',
    assign: '指定部門',
    department: '部門',
    hint: '留空表示不屬於任何部門。現有：{{known}}',
    wrong: {
      people: '請選擇人員。',
      name: '部門名稱最多 {{most}} 個字元。',
    },
  },
  refused: {
    guest: '會議室只供組織的正式成員使用（規則 {{clause}}）。請找身為正式成員的同事代為預約。',
    unknown: '目前無法確認您的身分，因此無法為您服務。請一分鐘後再試。',
    admin: '只有管理員可以執行這項操作（規則 {{clause}}）。請洽管理員：{{admins}}。',
    attendee: '不是組織的正式成員，無法選取：{{names}}。',
    attendeeUnknown: '目前查不到您選取的某位人員。請一分鐘後再試。',
  },
};
