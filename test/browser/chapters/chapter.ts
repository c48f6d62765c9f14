import { addDays, toLocal } from '../../../src/core/time.ts';
import type { Chat } from '../chat.ts';
import type { TakePicture } from '../pictures.ts';
import type { Step } from '../steps.ts';

/** A part of the story, told with both windows open. */
export type Chapter = (parts: { mia: Chat; yating: Chat; step: Step; picture: TakePicture }) => Promise<void>;

export const berlin = 'Europe/Berlin';
export const taipei = 'Asia/Taipei';

/** A day in Berlin that far ahead, as `2026-12-03`: the sandbox's clock may be a day ahead, so from 2 on. */
export const inDays = (count: number): string => addDays(toLocal(Date.now(), berlin).date, count);
