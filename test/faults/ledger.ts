/*
 * What people were answered, in their own words: everything here has to be found in the database afterwards.
 */

/** Something that a card said of a booking, to whom it was shown. */
export type Saying = { number: number; what: SayingKind; by: string | null };

export const sayings = {
  approved: /Approved by (.+?)(?: for .+?)? on /,
  rejected: /Rejected by (.+?)(?: for .+?)? on /,
  withdrawn: /Withdrawn by (.+?) on /,
  cancelled: /Cancelled (?:late )?by (.+?) on /,
  outdone: /Another request for this slot was approved on /,
  expired: /the request expired on /,
  cancelling: /ancellation asked for; it takes effect by /,
  changing: /A change waits for a reviewer/,
  toldApproved: /#\d+ is approved: /,
  toldRejected: /#\d+ was rejected: /,
  toldCancelled: /#\d+ is cancelled: /,
  toldChanged: /#\d+ has changed: /,
} as const;
export type SayingKind = keyof typeof sayings;

/** The positive answer to something that somebody did, in the words that they were told. */
export type Deal = { told: string } & Yes;

export type Yes =
  | { kind: 'booked'; number: number; topic: string; host: string; start: number; room: string }
  | { kind: 'changed'; number: number; by: string; start: number }
  | { kind: 'approved' | 'rejected' | 'withdrawn' | 'cancelling' | 'cancelled'; number: number; by: string };

/** The positive answer to something that was done with a series, for so many of its dates. */
export type Course = {
  what: 'sent' | 'decided' | 'cancelled' | 'kept';
  topic: string;
  by: string;
  count: number;
  told: string;
};

export type Ledger = {
  deals: Deal[];
  courses: Course[];
  /** Topic by number, as cards showed them together. */
  topics: Map<number, Set<string>>;
  /** Reads what somebody was shown. */
  read(text: string): void;
  sayings: Map<string, Saying>;
  counts: {
    /** Copies of requests that were sent, and of those that nobody answered. */
    requests: number;
    unanswered: number;
    /** Requests (of one click, command or form) and how many of them came more than once. */
    acts: number;
    repeated: number;
    done: Record<string, number>;
  };
};

/** Every topic of a run; no other text looks like one. */
export const topicIn = (text: string): string | null => /Talk \d+\b/.exec(text)?.[0] ?? null;

/** Of which booking a card is; null where it is of none, or of several. */
export function numberIn(text: string): number | null {
  const [, own] = /Booking #(\d+)/.exec(text) ?? [];
  const [first, ...others] = new Set(text.match(/#\d+/g));
  const found = own ?? (others.length === 0 ? first?.slice(1) : undefined);
  return found === undefined ? null : Number(found);
}

export function createLedger(): Ledger {
  const ledger: Ledger = {
    deals: [],
    courses: [],
    topics: new Map(),
    sayings: new Map(),
    counts: { requests: 0, unanswered: 0, acts: 0, repeated: 0, done: {} },
    read(text) {
      const number = numberIn(text);
      // A list says something of many bookings.
      if (number === null || new Set(text.match(/#\d+/g)).size > 1) return;
      const topic = topicIn(text);
      if (topic) ledger.topics.set(number, (ledger.topics.get(number) ?? new Set()).add(topic));
      for (const [what, pattern] of Object.entries(sayings) as [SayingKind, RegExp][]) {
        const found = pattern.exec(text);
        if (found)
          ledger.sayings.set(`${number} ${what} ${found[1]}`, { number, what, by: found[1] ?? null });
      }
    },
  };
  return ledger;
}
