import { createDispatch } from '../../src/chat/dispatch.ts';
import type { Answered, Caller } from '../../src/chat/ports.ts';
import { unlimited } from '../../src/chat/rate-limit.ts';
import { createRegistry } from '../../src/chat/registry.ts';
import type { Clock } from '../../src/core/clock.ts';
import { createLogger } from '../../src/core/logger.ts';
import type { Card } from '../../src/core/view.ts';
import { type Db, openDatabase } from '../../src/db/database.ts';
import { createProduct } from '../../src/product.ts';
import { tenant } from '../data/firm.ts';
import type { Filled } from '../data/template.ts';

/** All of the program between the platforms and the disk. */
export function openProduct(databasePath: string, clock: Clock) {
  const db: Db = openDatabase(databasePath);
  const product = createProduct({
    organisation: 'Bench',
    databasePath,
    adminEmails: [],
    language: 'en',
    zone: 'Europe/Berlin',
  });
  const registry = createRegistry(product.features);
  const dispatch = createDispatch({
    db,
    clock,
    registry,
    directory: product.directory,
    log: createLogger('silent'),
    kick: () => {},
    observe: () => {},
    limits: unlimited,
  });
  return {
    db,
    registry,
    dispatch,
    product,
    async close() {
      await product.background.close();
      await db.close();
    },
  };
}

/** The same in a firm that was filled in, at the moment of its data. */
export const openFirm = (firm: Filled) => ({ ...openProduct(firm.path, { now: () => firm.now }), firm });

export type OpenFirm = ReturnType<typeof openFirm>;

/** Somebody whom the database knows: the directory is not asked. */
export const callerOf = (user: string, workspace: string = tenant): Caller => ({
  platform: 'slack',
  tenant: workspace,
  userId: user,
  conversation: null,
  lookup: () => Promise.reject(new Error('the directory is not to be asked')),
});

/** The card of an answer. @throws where it is none: then nothing was measured */
export function cardOf({ answer }: Answered): Card {
  if (answer.kind !== 'card') throw new Error(`no card: ${JSON.stringify(answer).slice(0, 300)}`);
  return answer.card;
}
