import type { en } from '../en/index.ts';
import type { Translation } from '../keys.ts';

export const cancel: Translation<typeof en.cancel> = {
  cancel: '取消预订',
  title: '取消 #{{number}}',
  reason: '理由',
  reasonHint: '参会人和审批人会看到',
  keep: '不取消了',
  kept: '预订保持不变。',
  asked: '将由审批人确认，最晚于 {{due}} 生效。',
  askedLate: '距开始不足 {{notice}}，视为临时取消。',
  confirm: '确认取消',
  request: '{{host}} 取消“{{room}}”',
};
