import { createInstance } from 'i18next';
import { en } from './en/index.ts';
import type { MessageKey } from './keys.ts';
import { zhCN } from './zh-CN/index.ts';
import { zhTW } from './zh-TW/index.ts';

export const languages = ['en', 'zh-TW', 'zh-CN'] as const;
export type Language = (typeof languages)[number];

const i18n = createInstance();
void i18n.init({
  initAsync: false,
  resources: {
    en: { translation: en },
    'zh-TW': { translation: zhTW },
    'zh-CN': { translation: zhCN },
  },
  lng: 'en',
  fallbackLng: false,
  returnNull: false,
  // Cards hold plain text and each renderer escapes it, so nothing is escaped here.
  interpolation: { escapeValue: false, skipOnVariables: true },
});

/** Texts that are no more than words and figures, in pieces: every second one is the name of a figure. */
const pieces = new Map<string, readonly string[] | null>();

function piecesOf(language: Language, key: MessageKey): readonly string[] | null {
  const name = `${language} ${key}`;
  let found = pieces.get(name);
  if (found === undefined) {
    const text: unknown = i18n.getResource(language, 'translation', key);
    found = typeof text === 'string' && !text.includes('$t(') ? text.split(/\{\{(\w+)\}\}/) : null;
    pieces.set(name, found);
  }
  return found;
}

/**
 * The text of `key` in a language, with `{{name}}` filled from `values`; `count` chooses the plural. i18next is asked
 * where there is something to choose: to fill in figures takes it twenty times as long.
 */
export function translate(
  language: Language,
  key: MessageKey,
  values: Record<string, string | number> = {},
): string {
  const found = 'count' in values ? null : piecesOf(language, key);
  if (!found || found.some((piece, n) => n % 2 === 1 && values[piece] === undefined))
    return i18n.t(key, { ...values, lng: language });
  return found.map((piece, n) => (n % 2 === 1 ? values[piece] : piece)).join('');
}

/** The language of ours that fits a platform's tag best (`zh-Hant-HK` → zh-TW, `de-DE` → null). */
export function matchLanguage(tag: string | null | undefined): Language | null {
  const wanted = tag?.toLowerCase().replaceAll('_', '-') ?? '';
  if (/^zh\b/.test(wanted)) return /hant|^zh-(tw|hk|mo)/.test(wanted) ? 'zh-TW' : 'zh-CN';
  return /^en\b/.test(wanted) ? 'en' : null;
}
