import type { en } from '../en/index.ts';
import type { Translation } from '../keys.ts';

export const calendar: Translation<typeof en.calendar> = {
  add: '添加到日历',
  takeOut: '从日历中移除',
  busy: '已占用',
  line: {
    host: '预订人：{{text}}',
    attendees: '参会人：{{text}}',
    join: '加入会议：{{text}}',
  },
  title: '您的日历订阅地址',
  text: '在 Outlook、Google 日历或 Apple 日历中订阅该地址，预订就会自动显示并保持更新。知道地址的人都能看到内容，请勿转发。',
  mine: '我的预订',
  room: '“{{room}}”的预订',
  none: '尚未创建地址。',
  since: '创建于 {{at}}。',
  used: '最近一次读取：{{at}}。',
  unused: '尚未有日历读取。',
  make: '创建地址',
  renew: '更换地址',
  renewConfirm: '当前地址将失效，已订阅的日历需要改用新地址。',
  remove: '移除',
  removeConfirm: '地址将失效，已订阅的日历不再更新。',
  made: '这是您的新地址，之前的地址已失效。',
  removed: '地址已失效。',
  footnote: '您审批的其他会议室：输入 /calendar 加上会议室名称。',
  refused: {
    room: '只有会议室的审批人和管理员可以订阅会议室的日历。',
    noRoom: '找不到名为“{{text}}”的会议室。',
    noAddress: '日历目前无法连接：管理员需要先设置对外地址。',
  },
};
