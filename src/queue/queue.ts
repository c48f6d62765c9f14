import type { OutboxId } from '../core/ids.ts';

/** What is waited for together: one workspace or tenant, or work of our own. A lane that has to wait stops no other. */
export type Lane = string;

export type Ticket = { id: OutboxId; lane: Lane };

export type Work = (id: OutboxId) => Promise<void>;

/**
 * Hands tickets to workers, several of a lane at a time. It may lose everything at any moment: what was to
 * be done stands in the outbox, and whoever adds has to add it again.
 */
export type Queue = {
  /** Queues tickets. One that waits or is worked on already is left alone. Rejects while the queue is out of reach. */
  add(tickets: readonly Ticket[]): Promise<void>;
  /**
   * Begins to work, once. What `work` rejects with is logged. `over` is told when a ticket has left the
   * queue, and whether its work failed: it can be added again from then on.
   */
  start(work: Work, over: (id: OutboxId, failed: boolean) => void): void;
  /** Starts nothing of a lane for so long; what is being worked on goes on. */
  pause(lane: Lane, ms: number): Promise<void>;
  /** Whether tickets can be added now. */
  healthy(): Promise<boolean>;
  /** Starts nothing more, and waits for what is being worked on for at most `graceMs`. */
  close(graceMs: number): Promise<void>;
};

/** How many tickets of one lane are worked on at a time. */
export const workersPerLane = 8;
