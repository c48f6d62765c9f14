import type { en } from '../en/index.ts';
import type { Translation } from '../keys.ts';

export const reminder: Translation<typeof en.reminder> = {
  title: '{{in}}后开始：{{topic}}',
};
