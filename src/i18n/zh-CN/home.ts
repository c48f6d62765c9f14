import type { en } from '../en/index.ts';
import type { Translation } from '../keys.ts';

export const home: Translation<typeof en.home> = {
  title: '会议室预订',
  help: '请输入以下任一命令，或点击按钮。',
  welcome: '{{name}}，您好！我可以帮您预订会议室。请输入以下任一命令，或点击按钮。',
  unknown: '我不知道“{{text}}”要做什么。我能看懂这些命令：',
  words: {
    book: '申请会议室',
    bookings: '您预订的和受邀参加的会议',
    rooms: '所有会议室及当前空闲情况；后面加上文字可缩小范围',
    approvals: '待您审批的申请',
    rules: '现行规则',
    language: 'English、繁體中文、简体中文',
  },
  buttons: {
    book: '预订会议室',
    bookings: '我的预订',
    rooms: '会议室',
    approvals: '待审批',
    rules: '规则',
    language: '语言',
  },
  admin: {
    roomsAdd: { title: '/rooms add', text: '添加会议室' },
    roomsEdit: { title: '/rooms edit <名称>', text: '编辑会议室和审批人，或停用会议室' },
    roles: { title: '/roles', text: '管理员、监督员等角色由谁担任' },
  },
};
