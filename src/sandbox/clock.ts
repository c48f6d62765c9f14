import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { Clock, Instant } from '../core/clock.ts';

export type SandboxClock = Clock & {
  /** Moves on to `at`; a moment that has passed changes nothing. Stays so when the sandbox is started again. */
  moveTo(at: Instant): void;
  /** True where it is not the time outside any more. */
  moved(): boolean;
};

const schema = z.object({ ahead: z.number().nonnegative() });

/**
 * A clock that goes with the system's, some time ahead of it, and never back. How far ahead is kept in `file`.
 * @throws where the file is not one of ours.
 */
export function createSandboxClock(file: string, system: Clock): SandboxClock {
  let { ahead } = existsSync(file) ? schema.parse(JSON.parse(readFileSync(file, 'utf8'))) : { ahead: 0 };
  let latest = 0;

  const now = (): Instant => {
    latest = Math.max(latest, system.now() + ahead);
    return latest;
  };

  return {
    now,
    moveTo(at) {
      if (at <= now()) return;
      ahead = at - system.now();
      latest = at;
      writeFileSync(`${file}.new`, JSON.stringify({ ahead }));
      renameSync(`${file}.new`, file);
    },
    moved: () => ahead > 0,
  };
}
