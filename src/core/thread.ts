import { parentPort, Worker } from 'node:worker_threads';

/** What a thread says of itself first. */
const loaded = 'loaded';

export type Thread = {
  worker: Worker;
  /** Resolves when it has ended. */
  end(): Promise<void>;
};

/**
 * Starts a thread that says `hasLoaded` of itself. Whoever wants to end it waits until then: native code whose thread is
 * ended while it is being loaded takes the whole process with it.
 * @param onMessage is given all that it says after that
 */
export function startThread<Message>(
  file: URL,
  workerData: unknown,
  onMessage: (message: Message) => void,
): Thread {
  const worker = new Worker(file, { workerData });
  const ready = Promise.withResolvers<void>();
  worker.on('message', (message: Message | typeof loaded) => {
    if (message === loaded) ready.resolve();
    else onMessage(message as Message);
  });
  worker.on('exit', () => ready.resolve());
  return {
    worker,
    async end() {
      await ready.promise;
      await worker.terminate();
    },
  };
}

/** In a thread: says that all it needs has been loaded, native code with it. */
export const hasLoaded = (): void => parentPort?.postMessage(loaded);
