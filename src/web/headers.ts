import type { RequestHandler, Response } from 'express';
import helmet from 'helmet';

const safe = helmet();

/**
 * What every answer says to browsers and search engines, whichever route gives it: nothing is run, framed, guessed or
 * passed on as the referrer, and nothing is put into an index (6.4).
 */
export const headers: RequestHandler = (request, response, next) => {
  response.set('X-Robots-Tag', 'noindex, nofollow');
  safe(request, response, next);
};

/** Lets other sites show this answer as a picture: chat clients do. Everything else stays out of other sites' pages. */
export const showAnywhere = (response: Response): Response =>
  response.set('Cross-Origin-Resource-Policy', 'cross-origin');
