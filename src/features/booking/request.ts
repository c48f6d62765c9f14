import type { Instant } from '../../core/clock.ts';
import type { PersonId, RoomId } from '../../core/ids.ts';
import type { Decider } from '../../core/rights.ts';
import type { Equipment, Room } from '../rooms/domain.ts';
import type { Rules, Verdict } from '../rules/domain.ts';

/** What is asked for. `[start, end)` in UTC. */
export type Details = {
  room: RoomId;
  host: PersonId;
  topic: string;
  start: Instant;
  end: Instant;
  attendees: PersonId[];
  /** Everybody in the room, the host included. */
  headcount: number;
  equipment: Equipment[];
  confidential: boolean;
  note: string;
};

/** What a request is judged by. */
export type RequestFacts = {
  room: Room;
  /** Layered for this room. */
  rules: Rules;
  rulesVersion: number;
  /** Who could decide it; never the host. */
  deciders: Decider[];
  /** How the rules of approval have it decided. */
  verdict: Verdict;
  /** What stands in the way, if anything, and when the room is next free for as long. */
  taken: { until: Instant; nextFree: Instant | null } | null;
};
