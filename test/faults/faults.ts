import { runChild } from '../support/child.ts';
import type { Pace } from './pace.ts';
import type { FaultKind, Plan } from './plan.ts';
import { fair, foul } from './weather.ts';
import type { World } from './world.ts';

const hour = 3_600_000;

/** What was done to the program, and what it said where it had to say something. */
export type Injected = {
  counts: Record<string, number>;
  /** What was not as it should be. */
  wrong: string[];
  /** Faults that could not be tried here, and why. */
  untried: Map<string, string>;
};

/** Does to the program what the plan says, when it says it; everything is well again when it resolves. */
export async function injectFaults(
  world: World,
  plan: Plan,
  pace: Pace,
  say: (line: string) => void,
): Promise<Injected> {
  const injected: Injected = { counts: {}, wrong: [], untried: new Map() };
  const count = (what: string) => {
    injected.counts[what] = (injected.counts[what] ?? 0) + 1;
    say(what);
  };

  // While it is watched what a start says, nobody ends the program.
  let steady: Promise<void> = Promise.resolve();

  async function troubles(): Promise<void> {
    for (const fault of plan.faults) {
      await pace.at(fault.at);
      const { lacking } = world.disk;
      if (fault.kind.startsWith('disk') && lacking) injected.untried.set(fault.kind, lacking);
      else {
        count(fault.kind);
        const done = inject[fault.kind](world, () => pace.pass(fault.ms), injected);
        if (startsAnother.has(fault.kind)) steady = done;
        await done;
      }
    }
  }

  async function ends(): Promise<void> {
    for (const { at: moment, kind } of plan.ends) {
      await pace.at(moment);
      await steady;
      if (await world.bot.end(kind === 'SIGTERM' ? 'SIGTERM' : 'SIGKILL')) count(kind);
    }
  }

  world.weather.set(fair);
  await Promise.all([troubles(), ends()]);
  world.weather.set(0);
  return injected;
}

const startsAnother: ReadonlySet<FaultKind> = new Set(['disk read-only', 'second process']);

/** `last` resolves when the fault has lasted long enough. */
type Inject = (world: World, last: () => Promise<void>, injected: Injected) => Promise<void>;

const inject: Record<FaultKind, Inject> = {
  async 'redis lost'({ redis }, last) {
    await redis.kill();
    await last();
    await redis.start();
  },
  async 'redis slow'({ redis }, last) {
    redis.freeze();
    await last();
    redis.thaw();
  },
  async 'disk full'({ disk }, last) {
    disk.fill();
    await last();
    disk.free();
  },
  async 'disk read-only'(world, _, { wrong }) {
    await world.bot.rest();
    world.disk.setWritable(false);
    const { code, output } = await runChild(world.settings);
    world.disk.setWritable(true);
    await world.bot.watchOver();
    const said = output.trim().split('\n');
    const clear = said.length === 1 && /read-only|can’t be written|cannot be written/.test(output);
    if (code !== 1 || !clear)
      wrong.push(`on a read-only disk: exit ${code}, “${said.slice(0, 3).join(' / ')}”`);
  },
  'clock ahead': (world, last) => withClock(world, hour, last),
  'clock behind': (world, last) => withClock(world, -hour, last),
  async 'second process'(world, _, { wrong }) {
    await world.bot.up();
    const { code, output } = await runChild(world.settings);
    if (code !== 1 || !/Another process is running/.test(output))
      wrong.push(`a second process: exit ${code}, “${output.trim().slice(0, 200)}”`);
  },
  async 'mail gone'({ post }, last) {
    await post.leave();
    await last();
    await post.comeBack();
  },
  async 'chat in trouble'({ weather }, last) {
    weather.set(foul);
    await last();
    weather.set(fair);
  },
};

async function withClock({ bot }: World, offset: number, last: () => Promise<void>): Promise<void> {
  await bot.setClock(offset);
  await last();
  await bot.setClock(0);
}
