import { describeError } from '../core/describe-error.ts';

/** What a check has found. `aside`: neither right nor wrong, such as what is not set up. */
export type Finding =
  | { kind: 'right' | 'aside'; what: string }
  | { kind: 'wrong'; what: string; remedy: string };

export const right = (what: string): Finding => ({ kind: 'right', what });
export const aside = (what: string): Finding => ({ kind: 'aside', what });
export const wrong = (what: string, remedy: string): Finding => ({ kind: 'wrong', what, remedy });

export type Check = {
  name: string;
  /** What this check is about, in the settings: where to look when it fails in a way that nobody foresaw. */
  settings: string;
  run(): Promise<Finding[]>;
};

/** A finding as one line that begins with a mark; the remedy stands behind an arrow. */
export function lineOf(finding: Finding): string {
  const marks = { right: '✓', wrong: '✗', aside: '–' } as const;
  const remedy = finding.kind === 'wrong' ? ` → ${finding.remedy}` : '';
  return `${marks[finding.kind]} ${finding.what}${remedy}`;
}

/**
 * Runs one check, which neither lasts longer than `deadlineMs` nor fails: what went wrong is a finding. What an error
 * says is not shown, since it may hold what is secret.
 */
export async function findingsOf(check: Check, deadlineMs: number): Promise<Finding[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Finding[]>((resolve) => {
    timer = setTimeout(
      () =>
        resolve([
          wrong(
            `${check.name}: no end after ${deadlineMs / 1_000} s`,
            `Look at the network, and at ${check.settings}.`,
          ),
        ]),
      deadlineMs,
    );
  });
  try {
    return await Promise.race([check.run(), late]);
  } catch (cause) {
    return [
      wrong(`${check.name}: could not be checked (${describeError(cause)})`, `Look at ${check.settings}.`),
    ];
  } finally {
    clearTimeout(timer);
  }
}
