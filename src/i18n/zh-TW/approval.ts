import type { en } from '../en/index.ts';
import type { Translation } from '../keys.ts';

export const approval: Translation<typeof en.approval> = {
  title: '{{host}} 申請使用「{{room}}」',
  approve: '核准',
  reject: '駁回',
  rejectTitle: '駁回 #{{number}}',
  reason: '理由',
  reasonHint: '預約人會看到',
  around: '當天此會議室的其他預約',
  nothingAround: '無',
  neighbour: '{{when}} {{topic}}（{{host}}）',
  busy: '{{when}} 已有預約',
  list_other: '{{count}} 件申請待您審核',
  none: '目前沒有待您審核的申請。',
};
