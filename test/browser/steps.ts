/** Says of each step whether it went well, and counts. The first that does not ends the story: the rest builds on it. */
export function createSteps() {
  let passed = 0;

  return {
    async step(what: string, happen: () => Promise<void>): Promise<void> {
      try {
        await happen();
      } catch (cause) {
        console.log(`✗ ${what}`);
        throw cause;
      }
      passed++;
      console.log(`✓ ${what}`);
    },
    passed: () => passed,
  };
}

export type Step = ReturnType<typeof createSteps>['step'];
