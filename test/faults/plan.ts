import type { Chance } from './chance.ts';

/*
 * What happens when, drawn from the seed before anything starts. Times are milliseconds after the load begins.
 */

/** What somebody does. */
export const deeds = ['book', 'course', 'review', 'own', 'waitlist', 'export', 'nonsense'] as const;
export type Deed = (typeof deeds)[number];

export type Step = {
  at: number;
  deed: Deed;
  /** Which of the people (of those who review, where the deed is `review` or `export`), as a fraction. */
  who: number;
  /** When each copy of its request arrives, after the first moment. */
  deliveries: number[];
  /** Everything else that has to be chosen along the way. */
  name: string;
};

export const faultKinds = [
  'redis lost',
  'redis slow',
  'disk full',
  'disk read-only',
  'clock ahead',
  'clock behind',
  'second process',
  'chat in trouble',
  'mail gone',
] as const;
export type FaultKind = (typeof faultKinds)[number];

export type Fault = { at: number; kind: FaultKind; ms: number };
export type End = { at: number; kind: 'kill -9' | 'SIGTERM' };

export type Plan = { seconds: number; steps: Step[]; faults: Fault[]; ends: End[] };

const stepsPerSecond = 4;
/** One process end in so many seconds. */
const secondsPerEnd = 13;

export function drawPlan(chance: Chance, seconds: number): Plan {
  return {
    seconds,
    steps: drawSteps(chance.of('steps'), seconds),
    faults: drawFaults(chance.of('faults'), seconds),
    ends: drawEnds(chance.of('ends'), seconds),
  };
}

function drawSteps(chance: Chance, seconds: number): Step[] {
  const steps = Array.from({ length: Math.round(seconds * stepsPerSecond) }, (_, n): Step => {
    const at = Math.round(chance.next() * seconds * 1000);
    const share = chance.next();
    const deed =
      share < 0.32
        ? 'book'
        : share < 0.36
          ? 'course'
          : share < 0.62
            ? 'review'
            : share < 0.86
              ? 'own'
              : share < 0.94
                ? 'waitlist'
                : share < 0.96
                  ? 'export'
                  : 'nonsense';
    return { at, deed, who: chance.next(), deliveries: drawDeliveries(chance), name: `step ${n}` };
  });
  return steps.sort((a, b) => a.at - b.at);
}

/** Once to three times; the copies late enough to come after what the same person and others do next. */
function drawDeliveries(chance: Chance): number[] {
  const copies = chance.pick([1, 1, 2, 3]);
  return Array.from({ length: copies }, (_, n) => chance.between(0, n === 0 ? 200 : 5_000)).sort(
    (a, b) => a - b,
  );
}

/** One after the other with a breath between, every kind before any comes again. */
function drawFaults(chance: Chance, seconds: number): Fault[] {
  const faults: Fault[] = [];
  let at = 2_000;
  for (let left: FaultKind[] = []; ; ) {
    if (left.length === 0) left = chance.shuffled(faultKinds);
    const fault = { at, kind: left.shift() as FaultKind, ms: chance.between(2_000, 6_000) };
    if (fault.at + fault.ms > seconds * 1000) return faults;
    faults.push(fault);
    at += fault.ms + chance.between(1_500, 3_500);
  }
}

function drawEnds(chance: Chance, seconds: number): End[] {
  const ends = Array.from({ length: Math.floor(seconds / secondsPerEnd) }, (_, n): End => {
    const at = Math.round((n + 0.1 + chance.next() * 0.8) * secondsPerEnd * 1000);
    return { at, kind: n % 3 === 2 ? 'SIGTERM' : 'kill -9' };
  });
  return ends;
}
