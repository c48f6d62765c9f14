import { basename, dirname } from 'node:path';
import { type ErrorRequestHandler, type Request, type RequestHandler, type Response, Router } from 'express';
import type { Clock } from '../core/clock.ts';
import type { Logger } from '../core/logger.ts';
import type { Calendars } from '../features/calendar/index.ts';
import type { Files } from '../features/files/index.ts';
import type { Language } from '../i18n/translate.ts';
import { createAddressLimit } from './address-limit.ts';
import { showAnywhere } from './headers.ts';
import { sendDeadEnd } from './page.ts';

/** What people reach by the links that they get in chat: files, invitations and calendar feeds (6.2). */
export function createLinkPages(parts: {
  files: Pick<Files, 'open'>;
  calendars: Calendars;
  clock: Clock;
  log: Logger;
  language: Language;
}): RequestHandler {
  const { files, calendars, clock, log, language } = parts;
  const within = createAddressLimit(clock);
  const router = Router();

  const guard: RequestHandler = (request, response, next) => {
    response.set('Cache-Control', 'private, no-store');
    if (within(request.ip)) return next();
    sendDeadEnd(request, response.set('Retry-After', '60'), 'tooMany', language);
  };
  router.use(['/files', '/calendar'], guard);

  router.get('/files/:token/:name', async (request, response) => {
    const opened = await files.open(request.params.token);
    const person = opened.kind === 'file' ? opened.person : null;
    log.info({ link: 'file', outcome: opened.kind, person }, 'a link was used');
    if (opened.kind !== 'file') return sendDeadEnd(request, response, opened.kind, language);
    const { name, type, content } = opened;
    if (type.startsWith('image/')) showAnywhere(response);
    response.attachment(name).type(type);
    if ('path' in content) sendFromDisk(response, content.path);
    else response.send(content);
  });

  const calendar = (
    link: 'feed' | 'invitation',
    open: Calendars['openFeed'],
  ): RequestHandler<{ file: string }> => {
    return async (request, response) => {
      const opened = await open(request.params.file.replace(/\.ics$/, ''), (tag) => has(request, tag));
      const person = opened.kind === 'unknown' ? null : opened.person;
      log.info({ link, outcome: opened.kind, person }, 'a link was used');
      if ('tag' in opened && opened.tag !== null)
        response.set({ ETag: quoted(opened.tag), 'Cache-Control': 'private, no-cache' });
      if (opened.kind === 'same') return void response.status(304).end();
      if (opened.kind !== 'calendar') return sendDeadEnd(request, response, opened.kind, language);
      response.attachment(opened.name).type('text/calendar; charset=utf-8').send(opened.text);
    };
  };
  router.get('/calendar/feed/:file', calendar('feed', calendars.openFeed));
  router.get('/calendar/:file', calendar('invitation', calendars.openInvitation));

  router.use(['/files', '/calendar'], (request, response) =>
    sendDeadEnd(request, response, 'unknown', language),
  );
  // What can't be read as an address is none of ours; and what it holds may be a secret, so that it is not logged.
  const unreadable: ErrorRequestHandler = (cause, request, response, next) =>
    cause instanceof URIError ? sendDeadEnd(request, response, 'unknown', language) : next(cause);
  router.use(['/files', '/calendar'], unreadable);
  return router;
}

/**
 * Whether a calendar has what is to be sent. Not left to Express: that sends everything again to whoever asks past a
 * cache, as some calendars always do.
 */
const has = (request: Request<{ file: string }>, tag: string): boolean =>
  request.get('If-None-Match')?.includes(quoted(tag)) ?? false;

const quoted = (tag: string): string => `"${tag}"`;

/** Sends a large file as it is read, all of it at once: one person fetches it, and nobody keeps it on the way. */
const sendFromDisk = (response: Response, path: string): void =>
  response.sendFile(basename(path), {
    root: dirname(path),
    acceptRanges: false,
    cacheControl: false,
    etag: false,
    lastModified: false,
  });
