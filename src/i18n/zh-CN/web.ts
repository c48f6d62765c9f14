import type { en } from '../en/index.ts';
import type { Translation } from '../keys.ts';

export const web: Translation<typeof en.web> = {
  unknown: {
    title: '链接无效',
    text: '链接不完整，或从未发出。请从收到链接的消息中重新打开。',
  },
  expired: {
    title: '链接已过期',
    text: '链接只在一段时间内有效，请在聊天中向预订机器人索取新链接。',
  },
  revoked: {
    title: '链接已失效',
    text: '链接已撤销，或不再适用于原收件人。请在聊天中向预订机器人索取新链接。',
  },
  tooMany: {
    title: '请求过于频繁',
    text: '请稍等一分钟再试。',
  },
};
