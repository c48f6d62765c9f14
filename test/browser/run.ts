import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type BrowserContext, chromium } from 'playwright-core';
import { type Sandbox, startSandbox } from '../support/sandbox.ts';
import { findChromium, NoChromium } from './chromium.ts';
import { createPictures } from './pictures.ts';
import { createSteps } from './steps.ts';
import { tellStory } from './story.ts';

/*
 * `npm run test:browser`: Chromium goes through the README's story in the sandbox's two windows. With `--keep`
 * its pictures become those of the README, in docs/images.
 */

const { values } = parseArgs({ options: { keep: { type: 'boolean', default: false } } });
const temporary = mkdtempSync(join(tmpdir(), 'browser-'));
const { step, passed } = createSteps();
let sandbox: Sandbox | null = null;
let context: BrowserContext | null = null;
let failed = 0;

try {
  const executablePath = findChromium();
  const folder = join(temporary, 'sandbox');
  sandbox = await startSandbox({ folder });
  context = await launch(executablePath);
  await tellStory({
    context,
    sandbox,
    step,
    picture: createPictures(
      values.keep ? join(import.meta.dirname, '../../docs/images') : join(temporary, 'images'),
    ),
    async restart() {
      await sandbox?.stop();
      sandbox = await startSandbox({ folder });
      return sandbox;
    },
  });
} catch (error) {
  failed = 1;
  console.error(error instanceof NoChromium ? error.message : error);
  if (sandbox) console.error(sandbox.said());
  await keepTrace();
} finally {
  await context?.close();
  await sandbox?.stop();
  rmSync(temporary, { recursive: true, force: true });
}
console.log(`Browser: ${passed()} steps passed, ${failed} failed.`);
process.exitCode = failed;

/** What the windows showed when it went wrong. */
async function keepTrace(): Promise<void> {
  for (const [n, page] of (context?.pages() ?? []).entries())
    await page.screenshot({ path: join(import.meta.dirname, `../../test-results/window-${n}.png`) });
}

function launch(executablePath: string): Promise<BrowserContext> {
  const quiet = ['quic', 'background-networking', 'component-update', 'sync', 'gpu'].map(
    (part) => `--disable-${part}`,
  );
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launchPersistentContext(join(temporary, 'profile'), {
    executablePath,
    headless: true,
    args: [...quiet, ...root, '--no-first-run'],
    // Tall, so that every card is seen as a whole.
    viewport: { width: 1300, height: 1700 },
    deviceScaleFactor: 1.5,
  });
}
