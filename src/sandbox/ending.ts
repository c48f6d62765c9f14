/** What has to be closed at the end, whichever way that comes. */
export function createEnding() {
  const closers: Array<() => void | Promise<void>> = [];
  let closing: Promise<void> | null = null;

  async function closeAll(): Promise<void> {
    for (let close = closers.pop(); close; close = closers.pop()) await close();
  }

  return {
    /** What was opened last is closed first. */
    add(close: () => void | Promise<void>): void {
      closers.push(close);
    },
    begun: () => closing !== null,
    close(): Promise<void> {
      closing ??= closeAll();
      return closing;
    },
  };
}
