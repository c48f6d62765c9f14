type Line = { level?: number; msg?: string; error?: string; err?: { type?: string }; port?: number };

export type Journal = {
  /** Reads one line of output; the port, where it says that it listens. */
  read(line: string): number | null;
  /** Warnings and errors: how often each was logged. */
  troubles: Map<string, number>;
  /** Lines that are no log: what a crash prints. */
  strays: string[];
};

const warning = 40;

/** What the program logs, over all its lives. */
export function createJournal(): Journal {
  const troubles = new Map<string, number>();
  const strays: string[] = [];
  return {
    read(text) {
      let line: Line;
      try {
        line = JSON.parse(text) as Line;
      } catch {
        strays.push(text);
        return null;
      }
      if ((line.level ?? 0) >= warning) {
        const what = [line.msg, line.error ?? line.err?.type].filter(Boolean).join(': ');
        troubles.set(what, (troubles.get(what) ?? 0) + 1);
      }
      return line.msg === 'listening' ? (line.port ?? null) : null;
    },
    troubles,
    strays,
  };
}
