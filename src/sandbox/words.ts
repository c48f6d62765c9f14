import { NewerDatabase } from '../db/database.ts';
import { AlreadyRunning } from '../db/lock.ts';
import type { MessageKey } from '../i18n/keys.ts';
import { createReader } from '../i18n/reader.ts';
import { translate } from '../i18n/translate.ts';
import { sought } from './bookings.ts';
import { type ChatWindow, ClientFailed, NoClient } from './client.ts';
import type { SandboxClock } from './clock.ts';
import { RealEnvironment } from './guard.ts';
import { settings } from './organisation.ts';
import { windows } from './people.ts';

type Key = MessageKey extends infer K ? (K extends `sandbox.${infer Rest}` ? Rest : never) : never;

/** What the sandbox says on the terminal, in English like all of npm. */
export const say = (key: Key, figures: Record<string, string> = {}): string =>
  translate('en', `sandbox.${key}`, figures);

/** What is said when everything is up: where to go and what to try. */
export function welcome(clock: SandboxClock, open: readonly ChatWindow[]): string {
  const names = {
    ...Object.fromEntries(windows.map(({ role, member }) => [role, member.givenName])),
    topic: sought.topic,
    room: sought.room,
    site: sought.site,
  };
  const lines = windows.map(({ role, member }) => {
    const address = open.find((it) => it.member === member)?.address ?? '';
    return say('ready.window', { name: member.name, role: say(`ready.${role}`), address });
  });
  const reader = createReader('en', settings.zone, clock.now());
  const time = { at: reader.moment(clock.now()), zone: reader.zoneName() };
  const paragraphs = [
    [say('ready.title'), ...(clock.moved() ? [say('ready.clock', time)] : [])],
    lines.map((line) => `  ${line}`),
    [
      say('ready.try'),
      ...(['sentence', 'approve', 'next', 'series', 'waitlist', 'pictures'] as const).map(
        (key) => `  ${say(`ready.${key}`, names)}`,
      ),
    ],
    [say('ready.end')],
  ];
  return `\n${paragraphs.map((paragraph) => paragraph.join('\n')).join('\n\n')}\n`;
}

/** Why the sandbox does not start, in one sentence. */
export function sentenceOf(error: unknown): string {
  if (error instanceof RealEnvironment)
    return error.names.length > 0
      ? say('refused.credentials', { names: error.names.join(', ') })
      : say('refused.production');
  if (error instanceof AlreadyRunning) return say('refused.running');
  if (error instanceof NoClient) return say('refused.client');
  if (error instanceof ClientFailed) return say('refused.silent', { log: error.message });
  if (error instanceof NewerDatabase) return say('refused.newer');
  if (!(error instanceof Error)) return say('refused.failed', { problem: String(error) });
  if ('code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) return say('refused.argument');
  return say('refused.failed', { problem: error.message });
}
