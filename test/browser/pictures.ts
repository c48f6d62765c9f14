import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';

export type TakePicture = (name: string, what: Locator) => Promise<void>;

/** Takes pictures of cards, or of what is in them, into a folder. */
export function createPictures(folder: string): TakePicture {
  mkdirSync(folder, { recursive: true });
  return async (name, what) => {
    // No caret, no pointer and no focus ring: the same card gives the same picture.
    await what.page().mouse.move(0, 0);
    await what.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled', caret: 'hide' });
  };
}
