import { once } from 'node:events';
import { expect, test } from '@jest/globals';
import { startThread } from './thread.ts';

const module = new URL('./thread.ts', import.meta.url).href;
/** A thread that notes that it has loaded, then says so, then one word more, and then goes on for ever. */
const goesOn = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort, workerData } from 'node:worker_threads';
    import { hasLoaded } from '${module}';
    Atomics.store(new Int32Array(workerData), 0, 1);
    hasLoaded();
    parentPort.postMessage('word');
    setInterval(() => {}, 1000);
  `)}`,
);
const fails = new URL(`data:text/javascript,${encodeURIComponent(`throw new Error('no')`)}`);

test('[6.4] a thread is ended when it has loaded all that it needs, and no sooner', async () => {
  const noted = new SharedArrayBuffer(4);
  const { end } = startThread(goesOn, noted, () => {});
  await end();
  expect(Atomics.load(new Int32Array(noted), 0)).toBe(1);
});

test('[6.4] what it says is passed on, but not that it has loaded', async () => {
  const heard = Promise.withResolvers<unknown>();
  const { end } = startThread(goesOn, new SharedArrayBuffer(4), heard.resolve);
  expect(await heard.promise).toBe('word');
  await end();
});

test('[6.4] one that never loads is not waited for', async () => {
  const { worker, end } = startThread(fails, null, () => {});
  const failed = once(worker, 'error');
  await end();
  expect((await failed)[0]).toMatchObject({ message: 'no' });
});
