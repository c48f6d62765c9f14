import { setTimeout as sleep } from 'node:timers/promises';

/** The time in which a plan is written. */
export type Pace = {
  /** Resolves at a moment of the plan, in milliseconds after its beginning. */
  at(moment: number): Promise<void>;
  /** Resolves so much later. */
  pass(ms: number): Promise<void>;
  stop(): void;
};

const tick = 50;
/** People try in vain for a while, but the plan is not to be over before a slow machine has started the program. */
const whileDown = 0.2;

/** Time that passes as it does while the program is up, and slowly while it is not. */
export function startPace(isUp: () => boolean): Pace {
  let now = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    const since = performance.now() - last;
    last += since;
    now += since * (isUp() ? 1 : whileDown);
  }, tick);

  const pace: Pace = {
    async at(moment) {
      while (now < moment) await sleep(Math.max(tick / 2, moment - now));
    },
    pass: (ms) => pace.at(now + ms),
    stop: () => clearInterval(timer),
  };
  return pace;
}
