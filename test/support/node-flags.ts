import { readFileSync } from 'node:fs';

const { scripts } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

/** With what flags `npm start` runs Node: a process of the program runs with the same in tests. */
export const nodeFlags: string[] = scripts.start.split(' ').filter((it: string) => it.startsWith('--'));
