import type { en } from '../en/index.ts';
import type { Translation } from '../keys.ts';

export const people: Translation<typeof en.people> = {
  languages: { en: 'English', 'zh-TW': '繁體中文', 'zh-CN': '简体中文' },
  language: {
    title: '语言',
    text: '您希望我用哪种语言给您发消息？',
    changed: '今后我会用简体中文给您发消息。',
  },
  role: {
    admin: '管理员',
    custodian: '场地负责人',
    support: '技术支持',
    supervisor: '监督员',
    trainer: '培训师',
    policyOwner: '制度负责人',
    privacyOfficer: '个人信息保护负责人',
  },
  roles: {
    title: '角色',
    text: '审批人在各会议室的设置中指定（/rooms edit），其他角色都在这里分配。',
    configured: '由系统配置指定的管理员：{{names}}。',
    holds: '{{role}}，{{since}} 起',
    give: '分配角色',
    take: '收回角色',
    takeConfirm: '{{name}} 将失去该角色：{{role}}。',
    heldAlready: '您选的人都已经有“{{role}}”这个角色了。',
    notHeld: '{{name}}已经没有“{{role}}”这个角色了。',
    who: '人员',
    role: '角色',
  },
  departments: {
    title: '部门',
    text: '审批规则可按预订人的部门而定。',
    count_other: '{{count}} 人',
    more_other: '另有 {{count}} 个部门',
    assign: '指定部门',
    department: '部门',
    hint: '留空表示不属于任何部门。现有：{{known}}',
    wrong: {
      people: '请选择人员。',
      name: '部门名称最多 {{most}} 个字符。',
    },
  },
  refused: {
    guest: '会议室仅供组织的正式成员使用（规则 {{clause}}）。请让身为正式成员的同事代为预订。',
    unknown: '暂时无法确认您的身份，因此无法为您服务。请一分钟后再试。',
    admin: '只有管理员可以执行此操作（规则 {{clause}}）。请联系管理员：{{admins}}。',
    attendee: '不是组织的正式成员，无法选择：{{names}}。',
    attendeeUnknown: '暂时查不到您选择的某位人员。请一分钟后再试。',
  },
};
