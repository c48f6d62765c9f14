import type { Injected } from '../faults.ts';
import type { Ledger } from '../ledger.ts';
import type { Plan } from '../plan.ts';
import type { World } from '../world.ts';
import { type Check, check } from './check.ts';

/** On a machine with much memory V8 lets some hundreds of MB of garbage lie before it clears them away. */
const mostMegabytes = 900;
/** What is logged of faults in the program, and not of those around it. */
const faults = /nobody handled|a command failed|work on a queued row failed|old rows could not be dropped/;
/** What it says when it can't start on a full disk. */
const diskFull = /disk is full/;

/** The program kept its composure. */
export function checkProcess({ bot, disk }: World, injected: Injected, lastExit: number | null): Check[] {
  const { endings, journal, memory } = bot;
  const byItself = endings.filter(({ asked }) => asked === null);
  const crashes = byItself.filter(({ said }) => !(diskFull.test(said) && disk.lacking === null));
  const unclean = endings.filter(({ asked, code }) => asked === 'SIGTERM' && code !== 0 && code !== null);
  const most = Math.max(0, ...memory.map((it) => it.most));
  const unexpected = [...journal.troubles].filter(
    ([what]) => faults.test(what) && !(disk.lacking === null && /SQLITE_FULL/.test(what)),
  );
  const times = (what: string) => injected.counts[what] ?? 0;
  return [
    check(
      'it never ended by itself',
      [
        ...crashes.map(({ code, said }) => `exit ${code}: ${said}`),
        ...unclean.map(({ code }) => `exit ${code} on SIGTERM`),
        ...(lastExit === 0 ? [] : [`exit ${lastExit} at the end`]),
      ],
      `${endings.length} lives, ${byItself.length} starts refused by a full disk`,
    ),
    check(
      'it left no error unhandled',
      unexpected.map(([what, times]) => `${times} × ${what}`),
      `${[...journal.troubles.values()].reduce((a, b) => a + b, 0)} warnings and errors logged, all of them expected`,
    ),
    check(
      'it refused what it had to refuse at start',
      injected.wrong,
      `${times('second process')} second processes, ${times('disk read-only')} starts on a read-only disk`,
    ),
    check('its memory stayed small', most > mostMegabytes ? [`${most} MB`] : [], `at most ${most} MB`),
  ];
}

/** So that nothing is said to hold because nothing has happened. */
export function checkEnough({ counts }: Injected, ledger: Ledger, plan: Plan): Check {
  const fewest = plan.seconds / 5;
  const planned = [...plan.faults, ...plan.ends].map(({ kind }) => kind);
  const yes = ledger.deals.length;
  const kinds = new Set(planned).size;
  return check(
    'enough has happened for that to mean anything',
    [
      ...(yes < fewest ? [`only ${yes} answers`] : []),
      ...(Object.keys(counts).length < kinds / 2 ? [`only ${Object.keys(counts).join(', ')}`] : []),
    ],
    `${yes} answers, ${Object.values(counts).reduce((a, b) => a + b, 0)} faults of ${Object.keys(counts).length} kinds`,
  );
}
