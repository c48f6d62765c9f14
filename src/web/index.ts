import { type ErrorRequestHandler, type RequestHandler, Router } from 'express';
import { traceError } from '../core/describe-error.ts';
import type { Logger } from '../core/logger.ts';
import type { Db } from '../db/database.ts';
import type { Queue } from '../queue/queue.ts';
import type { Metrics } from './metrics.ts';
import { missing } from './readiness.ts';

/**
 * Health, readiness and metrics, then an answer for whatever is none of our routes and for every error.
 * To be mounted last: the platforms' own routes stand before it.
 */
export function createWeb(parts: {
  db: Pick<Db, 'check'>;
  queue: Pick<Queue, 'healthy'>;
  metrics: Metrics;
  log: Logger;
}): Array<RequestHandler | ErrorRequestHandler> {
  const { db, queue, metrics, log } = parts;
  const needed = { database: db.check, queue: queue.healthy };
  const router = Router();

  router.get('/healthz', (_request, response) => {
    response.json({ status: 'alive' });
  });
  router.get('/readyz', async (_request, response) => {
    const lacking = await missing(needed, log);
    if (lacking.length === 0) response.json({ status: 'ready' });
    else response.status(503).json({ status: 'not ready', missing: lacking });
  });
  router.get('/metrics', async (_request, response) => {
    const text = await metrics.text();
    response.type(metrics.contentType).send(text);
  });
  router.use((_request, response) => {
    response.status(404).json({ error: 'not found' });
  });
  // Beside the router and not in it, where errors of the routes before would pass it by.
  return [router, answerErrors(log)];
}

/** Says no more than whose fault it was; what it was goes to the log. */
function answerErrors(log: Logger): ErrorRequestHandler {
  // Express tells an error handler by its four parameters.
  return (cause: unknown, request, response, next) => {
    const status = statusOf(cause);
    const known = status < 500;
    // What a link holds is a secret: its route is enough.
    const path = request.route?.path ?? request.path;
    log[known ? 'info' : 'error']({ path, status, ...traceError(cause) }, 'a request failed');
    if (response.headersSent) return next(cause);
    response.status(status).json({ error: known ? 'bad request' : 'internal error' });
  };
}

/** Errors of body parsers and the like carry the status that they ask for. */
function statusOf(cause: unknown): number {
  const status: unknown =
    typeof cause === 'object' && cause !== null && 'status' in cause ? cause.status : null;
  return typeof status === 'number' && status >= 400 && status < 600 ? status : 500;
}
