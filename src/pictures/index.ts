export * from './charts.ts';
export type { DayPicture } from './day.ts';
export { type Script, scriptFor } from './theme.ts';
