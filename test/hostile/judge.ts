import { changedTables, type Digest } from '../support/digest.ts';
import { type Reply, type Stage, secret, seed } from './stage.ts';

/** What no answer may show: the inside of the program, its settings, and what others have. */
const forbidden = (stage: Stage): [string, RegExp | string][] => [
  ['a stack', /\n\s+at .*:\d+:\d+|\\n\s+at .*:\d+:\d+/],
  ['a path', /node_modules|\/src\/[a-z]+\/|file:\/\//],
  ['SQL', /SqliteError|SQLITE_|UNIQUE constraint|\b(SELECT|INSERT INTO|UPDATE|DELETE FROM) [a-z"`]/],
  ["somebody else's booking", secret],
  ['a secret', stage.program.slack.config.signingSecret],
  ['a secret', 'xoxb-test'],
  ['a secret', stage.program.teams.config.appPassword],
];

/** What a text shows that it must not. */
export const leaksIn = (stage: Stage, text: string): string[] =>
  forbidden(stage)
    .filter(([, pattern]) => (typeof pattern === 'string' ? text.includes(pattern) : pattern.test(text)))
    .map(([what]) => what);

/** @throws where a request was answered with a fault of ours, or with something that must not be shown. */
export function judge(stage: Stage, reply: Reply, sent: string): void {
  const problems = leaksIn(stage, reply.text);
  if (reply.status < 200 || reply.status >= 500) problems.push(`status ${reply.status}`);
  if (problems.length > 0)
    throw new Error(
      `${problems.join(', ')} (SEED=${seed}) for ${sent.slice(0, 2000)}: ${reply.text.slice(0, 500)}`,
    );
}

/** What must hold after everything: nothing of others has changed, nothing was shown, and the program is well. */
export async function judgeAll(stage: Stage, before: Digest): Promise<void> {
  await idle(stage);
  const shown = leaksIn(stage, await stage.shown());
  const problems = [
    ...shown.map((what) => `${what} was shown`),
    ...changedTables(before, stage.others()).map((table) => `${table} was changed`),
    ...stage.faults.map((fault) => `nobody handled ${fault instanceof Error ? fault.stack : String(fault)}`),
    ...faultsIn(stage.logged),
  ];
  const health = await fetch(`${stage.program.url}/readyz`);
  if (health.status !== 200) problems.push(`not ready: ${await health.text()}`);
  if (problems.length > 0) throw new Error(`SEED=${seed}\n${problems.join('\n')}`);
}

/** Commands that failed: what comes in is refused in words, never by an exception. */
const faultsIn = (logged: readonly string[]): string[] =>
  logged
    .filter((line) => line.includes('a command failed') || line.includes('a Teams activity was not handled'))
    .map((line) => `a fault was logged: ${line.slice(0, 700)}`);

/** Clicks are worked on after they were acknowledged: waits until nothing is logged any more for `pause` ms. */
export async function idle({ logged }: Stage, pause = 250): Promise<void> {
  for (let before = -1; before !== logged.length; ) {
    before = logged.length;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}
