import type { Translation } from '../keys.ts';
import type { en } from '../en/index.ts';

export const zhCN = {} as unknown as Translation<typeof en>;
