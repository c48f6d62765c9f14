import type { en } from '../en/index.ts';
import type { Translation } from '../keys.ts';

export const common: Translation<typeof en.common> = {
  refusal: '{{text}}（规则 {{clause}}）',
  withNearest: '{{said}}{{nearest}}',
  inZone: '{{span}}（{{zone}}）',
  minutes: '{{minutes}} 分钟',
  hours: '{{hours}} 小时',
  hoursMinutes: '{{hours}} 小时 {{minutes}} 分钟',
  days_other: '{{count}} 天',
  tomorrowAt: '明天 {{time}}',
  cancel: '取消',
  next: '下一页',
  previous: '上一页',
  page: '第 {{page}} 页，共 {{pages}} 页',
  yes: '是',
  no: '否',
  fault: '系统出现问题，未作任何更改。请重试；如果问题依旧，请将代码 {{code}} 告知管理员。',
  stale: '该按钮已过期。请输入 /book、/bookings 或 /help 重新开始。',
  tooFast: '操作过于频繁，请一分钟后再试。',
  tooMany: '贵单位当前使用人数较多，请稍后再试。',
};
