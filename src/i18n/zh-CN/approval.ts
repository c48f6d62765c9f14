import type { en } from '../en/index.ts';
import type { Translation } from '../keys.ts';

export const approval: Translation<typeof en.approval> = {
  title: '{{host}} 申请使用“{{room}}”',
  approve: '批准',
  reject: '驳回',
  rejectTitle: '驳回 #{{number}}',
  reason: '原因',
  reasonHint: '预订人会看到',
  around: '该会议室当天的其他预订',
  nothingAround: '无',
  neighbour: '{{when}} {{topic}}（{{host}}）',
  busy: '{{when}} 已被预订',
  list_other: '{{count}} 条申请待您审批',
  none: '暂无待您审批的申请。',
};
