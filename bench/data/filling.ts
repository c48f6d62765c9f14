import { fillPart, putTogether } from './fill.ts';
import type { Order, Progress } from './template.ts';

/* The process that fills a database, or puts the two files of it together. */

process.once('message', async (order: Order) => {
  if ('rest' in order) putTogether(order.path, order.rest);
  else
    await fillPart(order.path, order.firm, order.part, (done) => process.send?.({ done } satisfies Progress));
  process.disconnect();
});
