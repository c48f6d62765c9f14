import { rmSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export type Disk = ReturnType<typeof createDisk>;

/** Files that are too large for the database: in a folder beside it, read and written by nobody else. */
export function createDisk(databasePath: string) {
  const folder = join(dirname(databasePath), 'exports');
  const busy = new Set<string>();
  const pathOf = (name: string): string => join(folder, name);

  return {
    pathOf,

    /**
     * Has `write` write a file, and takes it for good once it is whole and on disk; `note` then writes down that it is
     * there. What fails leaves no file behind.
     */
    async keep<T>(
      name: string,
      write: (path: string) => Promise<T>,
      note: (written: T) => Promise<void>,
    ): Promise<void> {
      const unfinished = `${name}.part`;
      busy.add(name).add(unfinished);
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        // Made here, so that nobody else can read it from its first byte on.
        await (await open(pathOf(unfinished), 'w', 0o600)).close();
        const written = await write(pathOf(unfinished));
        await flush(pathOf(unfinished));
        await rename(pathOf(unfinished), pathOf(name));
        await flush(folder);
        await note(written);
      } catch (cause) {
        for (const it of [unfinished, name]) await rm(pathOf(it), { force: true });
        throw cause;
      } finally {
        busy.delete(name);
        busy.delete(unfinished);
      }
    },

    remove: (name: string): void => rmSync(pathOf(name), { force: true }),

    /** Removes what is neither `known` to be there nor being written: a process that was killed leaves it behind. */
    async sweep(known: () => Promise<ReadonlySet<string>>): Promise<void> {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      // Looked at before it is asked what is known: what is finished meanwhile is left alone.
      const idle = (await readdir(folder)).filter((name) => !busy.has(name));
      const kept = await known();
      for (const name of idle)
        if (!kept.has(name) && !busy.has(name)) await rm(pathOf(name), { force: true });
    },
  };
}

async function flush(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
