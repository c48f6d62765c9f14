import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { lockDatabase } from '../db/lock.ts';

const lockName = 'sandbox';

/**
 * Takes a folder for this process alone, making it where it is not there. The operating system gives it free
 * with the end of the process, however that comes.
 * @throws AlreadyRunning where another sandbox has it.
 */
export function takeFolder(folder: string): { empty(): void; release(): void } {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const release = lockDatabase(join(folder, lockName));
  return {
    /** Removes everything that earlier runs have left in it. */
    empty() {
      for (const name of readdirSync(folder))
        if (!name.startsWith(`${lockName}.lock`))
          rmSync(join(folder, name), { recursive: true, force: true });
    },
    release,
  };
}
