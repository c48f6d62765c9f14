import type { en } from '../en/index.ts';
import type { Translation } from '../keys.ts';

export const chat: Translation<typeof en.chat> = {
  working: '请稍候，仍在处理中…',
  close: '关闭',
  truncated: '…还有更多',
  checkField: '请填写此项，内容须符合要求。',
  below: '请看下方的新消息。',
  cancelled: '已取消，未作任何更改。',
  notForYou: '本机器人只为所属组织的成员服务。',
  answeredPrivately: '我已在私聊中回复您。',
  writePrivately: '请安装此应用，并在私聊中给我发消息：我显示的内容仅供您本人查看。',
};
