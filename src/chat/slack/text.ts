import type { types } from '@slack/bolt';
import type { Place } from '../../core/feature.ts';
import type { Tone } from '../../core/view.ts';
import type { Named } from '../ports.ts';

/** Shown where Slack refuses an empty text. */
const nothing = '–';

/**
 * `text` in at most `limit` UTF-16 units, ending in … where it was cut. Slack's own count is never larger, and a
 * character is never cut in two.
 */
export function cut(text: string, limit: number): string {
  const whole = text.toWellFormed();
  if (whole.length <= limit) return whole;
  const kept = whole.slice(0, limit - 1);
  const last = kept.charCodeAt(kept.length - 1);
  return `${last >= 0xd800 && last <= 0xdbff ? kept.slice(0, -1) : kept}…`;
}

const visible = (text: string): string => (/^[\s\p{Cf}]*$/u.test(text) ? nothing : text);

/** Text that Slack shows as it stands: no markup, no mentions, no `:emoji:`. */
export const plain = (text: string, limit: number): types.PlainTextElement => ({
  type: 'plain_text',
  text: cut(visible(text), limit),
  emoji: false,
});

/** A piece of rich text, shown as it stands. */
export const piece = (text: string, limit: number, bold = false): types.RichTextText => ({
  type: 'text',
  text: cut(visible(text), limit),
  ...(bold && { style: { bold } }),
});

/** For the one place where Slack reads markup: a message's own text, which notifications and screen readers use. */
export const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/**
 * What somebody typed in a workspace, from what Slack made of it: mentions, channels and links as they were written,
 * whose user id each mention stands for, and which channel each channel is.
 */
export function readText(raw: string, tenant: string): { text: string; named: Required<Named> } {
  // Names are what people choose, `__proto__` among them: never keys to be assigned.
  const mentions = new Map<string, string>();
  const channels = new Map<string, Place>();
  const text = raw.replace(/<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>/g, (_, kind, target, label) => {
    if (kind === '@') {
      // The parser ends a name at a space.
      const name = (label || target).trim().replaceAll(/\s+/g, '_');
      mentions.set(name, target);
      return `@${name}`;
    }
    if (kind === '#') {
      // Of a channel that not everybody sees, Slack gives no name.
      const name = label || target;
      channels.set(name, {
        platform: 'slack',
        tenant,
        conversation: target,
        ...(label && { name: `#${label}` }),
      });
      return `#${name}`;
    }
    return label || target;
  });
  return {
    text: unescapeText(text),
    named: { mentions: Object.fromEntries(mentions), channels: Object.fromEntries(channels) },
  };
}

/** What Slack escaped on its way in. */
export const unescapeText = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

const marks: Record<Tone, string> = { neutral: '', good: '✅ ', warning: '⚠️ ', bad: '⛔ ' };

/** `text` behind a sign for its tone: colour alone would not reach everybody. */
export const toned = (tone: Tone, text: string): string => `${marks[tone]}${text}`;
