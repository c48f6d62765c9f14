/** Lets one sleeper be woken early; a ring before it lies down counts too. */
export function createBell() {
  let rang = false;
  let wake = () => {};

  return {
    ring(): void {
      rang = true;
      wake();
    },
    reset(): void {
      rang = false;
    },
    /** Resolves when the bell has rung since the last reset, at the latest after `ms`. */
    rung(ms: number): Promise<void> {
      if (rang) return Promise.resolve();
      return new Promise((resolve) => {
        const timer = setTimeout(resolve, ms);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    },
  };
}
