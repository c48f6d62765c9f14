import type { Instant } from '../../core/clock.ts';
import type { RoomId, SeriesId } from '../../core/ids.ts';

/** What somebody has chosen for one date of a series: to leave it out, another room, or another time. */
export type Choice = { kind: 'skip' } | { kind: 'room'; room: RoomId } | { kind: 'time'; start: Instant };

/** How what is typed repeats, as a rule (RFC 5545), and what was chosen for some of its days. */
export type Repeats = { rule: string; choices: Record<string, Choice> };

/** The series that what is typed changes, and from which of its days on. */
export type Changes = { series: SeriesId; from: string };
