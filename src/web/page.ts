import type { Request, Response } from 'express';
import { type Language, matchLanguage, translate } from '../i18n/translate.ts';

/** Why a link leads nowhere, and how that is said in HTTP. */
const statuses = { unknown: 404, expired: 410, revoked: 410, tooMany: 429 } as const;
export type DeadEnd = keyof typeof statuses;

/** One plain page that says in the reader's language why there is nothing (6.2). */
export function sendDeadEnd(request: Request, response: Response, why: DeadEnd, usual: Language): void {
  const language = request.acceptsLanguages().flatMap((tag) => matchLanguage(tag) ?? [])[0] ?? usual;
  const [title, text] = [translate(language, `web.${why}.title`), translate(language, `web.${why}.text`)];
  response
    .status(statuses[why])
    .set('Content-Language', language)
    .vary('Accept-Language')
    .type('html')
    .send(
      `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title></head><body><h1>${title}</h1><p>${text}</p></body></html>\n`,
    );
}
