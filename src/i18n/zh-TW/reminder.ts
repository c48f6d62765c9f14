import type { en } from '../en/index.ts';
import type { Translation } from '../keys.ts';

export const reminder: Translation<typeof en.reminder> = {
  title: '{{in}}後開始：{{topic}}',
};
