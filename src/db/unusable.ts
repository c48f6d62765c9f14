/** Thrown at start where the database can't be opened or written; its message says why, and what to do. */
export class UnusableDatabase extends Error {}

/** What the system and SQLite call it, and what it means. */
const reasons: [RegExp, string][] = [
  [/^(EROFS|SQLITE_READONLY)/, 'can’t be written, because its disk is read-only. Mount that for writing.'],
  [/^(EACCES|EPERM)/, 'can’t be written by this user. Give this user its folder and all files in it.'],
  [/^(ENOSPC|EDQUOT|SQLITE_FULL)/, 'can’t be written, because its disk is full. Make room there.'],
  [/^SQLITE_IOERR/, 'can’t be written, because its disk is full or failing. Look at that.'],
  [/^SQLITE_CANTOPEN/, 'can’t be opened. See that its folder is there and belongs to this user.'],
  [/^SQLITE_(NOTADB|CORRUPT)/, 'is no database, or damaged. Restore a backup.'],
];

/**
 * Opens something at `path`, and says in one sentence why that can't be.
 * @throws UnusableDatabase; anything else as it comes
 */
export function usable<T>(path: string, open: () => T): T {
  try {
    return open();
  } catch (cause) {
    const code = typeof cause === 'object' && cause !== null && 'code' in cause ? `${cause.code}` : '';
    const [, reason] = reasons.find(([pattern]) => pattern.test(code)) ?? [];
    if (reason === undefined) throw cause;
    throw new UnusableDatabase(`The database ${path} ${reason}`, { cause });
  }
}
