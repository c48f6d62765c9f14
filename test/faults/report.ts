import type { Check } from './checks/check.ts';
import { writeFigures } from './document.ts';
import type { Facts } from './facts.ts';
import type { Injected } from './faults.ts';
import type { Ledger } from './ledger.ts';
import type { World } from './world.ts';

type Figures = { world: World; injected: Injected; ledger: Ledger; facts: Facts; messages: number };

/** What a run says: its seed first, how it goes, figures, and a line for each check. */
export function createReport(seed: string, seconds: number) {
  const begun = Date.now();
  let failed = 0;
  const figures: [string, string][] = [];
  const command = `SEED=${seed} LOAD_SECONDS=${seconds} npm run test:faults`;
  const say = (line: string) => console.log(`${elapsed(begun)} ${line}`);
  console.log(command);

  return {
    say,
    /** Says every ten seconds how it goes, until its timer is cleared. */
    follow: (how: () => string): NodeJS.Timeout => setInterval(() => say(how()), 10_000),
    figures({ world, injected, ledger, facts, messages }: Figures): void {
      const { counts } = ledger;
      const lines: [string, Record<string, number>][] = [
        ['faults', injected.counts],
        ['Slack', world.weather.counts.slack],
        ['Teams', world.weather.counts.teams],
        ['mail', world.post.counts],
        ['requests', { sent: counts.requests, unanswered: counts.unanswered, repeated: counts.repeated }],
        ['answers', counts.done],
        ['messages', { sent: messages, bookings: facts.bookings.size, outbox: facts.outbox.length }],
        ['log', Object.fromEntries(world.bot.journal.troubles)],
      ];
      const lives = world.bot.memory.map(({ first, most }) => `${first} to ${most}`).join(', ');
      say(`memory of each life, in MB: ${lives}`);
      for (const [what, why] of injected.untried) console.log(`– not tried: ${what} (${why})`);
      for (const [name, all] of lines) {
        say(`${name}: ${listed(all)}`);
        if (name !== 'log') figures.push([name, listed(all)]);
      }
    },
    checks(all: readonly Check[]): void {
      for (const { name, ok, found } of all) console.log(`${ok ? '✓' : '✗'} ${name} (${found})`);
      failed = all.filter(({ ok }) => !ok).length;
      if (process.env.WRITE) writeFigures({ command, took: elapsed(begun), figures, checks: all });
      console.log(
        `Faults: ${all.length - failed} checks passed, ${failed} failed, seed ${seed}, ${elapsed(begun)}.`,
      );
    },
    broken(cause: unknown): void {
      failed += 1;
      console.error(cause);
      console.log(`✗ the run was broken off, seed ${seed}`);
    },
    failed: () => failed,
  };
}

const elapsed = (since: number): string => `${((Date.now() - since) / 1000).toFixed(0).padStart(3)} s`;

const listed = (all: Record<string, number>): string =>
  Object.entries(all)
    .map(([name, times]) => `${times} ${name}`)
    .join(', ') || 'none';
