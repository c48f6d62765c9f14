import { createHash } from 'node:crypto';
import { type Request, type RequestHandler, type Response, Router } from 'express';
import helmet from 'helmet';
import type { Clock } from '../core/clock.ts';
import type { Logger } from '../core/logger.ts';
import type { Calendars, OpenedCalendar } from '../features/calendar/index.ts';
import type { Files } from '../features/files/index.ts';
import type { Language } from '../i18n/translate.ts';
import { createAddressLimit } from './address-limit.ts';
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
  // Pictures are shown inside of the chat clients, which are other sites.
  const headers = helmet({ crossOriginResourcePolicy: { policy: 'cross-origin' } });
  router.use(['/files', '/calendar'], headers, guard);

  router.get('/files/:token/:name', async (request, response) => {
    const opened = await files.open(request.params.token);
    const person = opened.kind === 'file' ? opened.file.person : null;
    log.info({ link: 'file', outcome: opened.kind, person }, 'a link was used');
    if (opened.kind !== 'file') return sendDeadEnd(request, response, opened.kind, language);
    const { name, type, content } = opened.file;
    response.attachment(name).type(type).send(content);
  });

  const calendar = (
    link: 'feed' | 'invitation',
    open: (token: string) => Promise<OpenedCalendar>,
  ): RequestHandler<{ file: string }> => {
    return async (request, response) => {
      const opened = await open(request.params.file.replace(/\.ics$/, ''));
      const person = opened.kind === 'unknown' ? null : opened.person;
      log.info({ link, outcome: opened.kind, person }, 'a link was used');
      if (opened.kind !== 'calendar') return sendDeadEnd(request, response, opened.kind, language);
      if (link === 'feed' && isKnown(request, response, opened.text)) return;
      response.attachment(opened.name).type('text/calendar; charset=utf-8').send(opened.text);
    };
  };
  router.get('/calendar/feed/:file', calendar('feed', calendars.openFeed));
  router.get('/calendar/:file', calendar('invitation', calendars.openInvitation));

  router.use(['/files', '/calendar'], (request, response) =>
    sendDeadEnd(request, response, 'unknown', language),
  );
  return router;
}

/**
 * Tells a calendar that what it fetched last is all there is. Not left to Express: that sends everything again to
 * whoever asks past a cache, as some calendars always do.
 */
function isKnown(request: Request<{ file: string }>, response: Response, text: string): boolean {
  const etag = `"${createHash('sha256').update(text).digest('base64url')}"`;
  response.set({ ETag: etag, 'Cache-Control': 'private, no-cache' });
  if (!request.get('If-None-Match')?.includes(etag)) return false;
  response.status(304).end();
  return true;
}
