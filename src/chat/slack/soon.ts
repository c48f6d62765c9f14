/** Slack gives up after three seconds; a second is left for the way there and back. */
const patience = 2000;

/** What `work` gives within Slack's patience, or null: then it goes on, and its answer has to find another way. */
export async function soon<T>(work: Promise<T>): Promise<T | null> {
  const { promise: late, resolve } = Promise.withResolvers<null>();
  const timer = setTimeout(resolve, patience, null);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
