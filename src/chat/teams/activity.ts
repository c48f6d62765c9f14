import type { Activity } from 'botbuilder';
import { z } from 'zod';
import type { Mentions } from '../ports.ts';

/** What has to be known of a request before its token is checked. */
const envelope = z.looseObject({
  type: z.string().min(1),
  channelId: z.literal('msteams'),
  serviceUrl: z.url({ protocol: /^https?$/ }).max(2_000),
});

const text = z.string().nullish();
/** What becomes part of an address of the connector: no longer than one can be, and no half of a character. */
const isAddressable = (it: string): boolean => it.length <= 1_000 && it.isWellFormed();
const id = z.string().min(1).refine(isAddressable);
const perhapsId = z.string().refine(isAddressable).nullish();
/** What stands in a header of requests to the connector. */
const inHeader = id.regex(/^[\x20-\x7e]+$/);
const perhapsInHeader = z
  .string()
  .regex(/^[\x20-\x7e]*$/)
  .nullish();

/** The parts of an activity that we read, or that go back with an answer; the rest is passed over. */
const incoming = envelope.extend({
  id: perhapsId,
  name: text,
  text,
  locale: text,
  localTimezone: text,
  replyToId: perhapsId,
  action: text,
  from: z.looseObject({ id, name: text, aadObjectId: perhapsId, role: text }),
  recipient: z.looseObject({ id, name: text, aadObjectId: text, role: text }),
  conversation: z.looseObject({
    id: inHeader,
    conversationType: text,
    tenantId: perhapsInHeader,
    name: text,
    isGroup: z.boolean().nullish(),
  }),
  channelData: z
    .looseObject({
      tenant: z.looseObject({ id: perhapsInHeader }).nullish(),
      channel: z.looseObject({ name: text }).nullish(),
    })
    .nullish(),
  entities: z.array(z.unknown()).nullish(),
  membersAdded: z.array(z.looseObject({ id: z.string() })).nullish(),
  value: z.unknown().optional(),
});
export type Incoming = z.infer<typeof incoming>;

/** @returns null where it is not an activity of Teams. */
export function readEnvelope(body: unknown): Activity | null {
  const parsed = envelope.safeParse(body);
  return parsed.success ? (parsed.data as unknown as Activity) : null;
}

/** @returns null where a field is missing or of a wrong type. */
export function readActivity(activity: Activity): Incoming | null {
  const parsed = incoming.safeParse(activity);
  if (!parsed.success || (parsed.data.type === 'message' && !parsed.data.id)) return null;
  return parsed.data;
}

/** Every tenant that an activity names: all of them have to be allowed. */
export const tenantsOf = ({ channelData, conversation }: Incoming): string[] =>
  [
    ...new Set(
      [channelData?.tenant?.id, conversation.tenantId].filter((id) => typeof id === 'string' && id !== ''),
    ),
  ] as string[];

export const isPersonal = ({ conversation }: Incoming): boolean =>
  conversation.conversationType === 'personal';

/** A channel of a team, or a group chat. */
export const isShared = ({ conversation }: Incoming): boolean =>
  ['channel', 'groupChat'].includes(conversation.conversationType ?? '');

/** The directory's id where Teams gives it: unlike `from.id`, it is the same for every bot. */
export const userIdOf = ({ from }: Incoming): string => from.aadObjectId || from.id;

export const isBot = ({ from }: Incoming): boolean => from.role === 'bot' || from.id.startsWith('28:');

/** What somebody types is cut here: each mention could make it longer, and nothing that we read is. */
const longestText = 10_000;
const longestName = 200;
const mostEntities = 100;

const mention = z.looseObject({
  type: z.literal('mention'),
  text: z.string().min(1),
  mentioned: z.looseObject({ id: z.string(), name: text, aadObjectId: text }),
});

/**
 * What somebody typed, without the bot's mention and without the leading slash, and whom else it mentions: `@Ann_Lee`
 * in the text, since a name ends at a space there.
 */
export function wordsOf(activity: Incoming): { text: string; mentions: Mentions } {
  const mentions = new Map<string, string>();
  let words = (activity.text ?? '').slice(0, longestText);
  for (const entity of (activity.entities ?? []).slice(0, mostEntities)) {
    const parsed = mention.safeParse(entity);
    if (!parsed.success) continue;
    const { text: written, mentioned } = parsed.data;
    if (mentioned.id === activity.recipient.id) {
      words = words.replaceAll(written, ' ');
      continue;
    }
    const plain = written.replaceAll(/<[^<>]*>/g, '').trim();
    const name = (mentioned.name ?? plain).trim().replaceAll(/\s+/g, '_').slice(0, longestName);
    words = words.replaceAll(written, () => ` @${name} `).slice(0, longestText);
    mentions.set(name, mentioned.aadObjectId || mentioned.id);
  }
  const text = words
    .replaceAll('\u00a0', ' ')
    .trim()
    .replace(/^\/\s*/, '');
  return { text, mentions: Object.fromEntries(mentions) };
}

const clientInfo = z.looseObject({ type: z.literal('clientInfo'), locale: text, timezone: text });

/** Language and time zone of the client, where it says them. */
export function hintsOf(activity: Incoming): { locale: string | null; zone: string | null } {
  const info = (activity.entities ?? [])
    .map((entity) => clientInfo.safeParse(entity))
    .find((it) => it.success)?.data;
  return {
    locale: activity.locale ?? info?.locale ?? null,
    zone: activity.localTimezone ?? info?.timezone ?? null,
  };
}
