import { createServer } from 'node:net';
import { expect, test } from '@jest/globals';
import { freePort } from './ports.ts';

test('[6.4] a port that is taken on this machine is left to whoever has it', async () => {
  const wanted = await freePort(0);
  expect(await freePort(wanted)).toBe(wanted);
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(wanted, '127.0.0.1', resolve));
  const found = await freePort(wanted);
  expect(found).not.toBe(wanted);
  expect(found).toBeGreaterThan(0);
  await new Promise((resolve) => other.close(resolve));
});
