import { z } from 'zod';
import { type Incoming, isPersonal, isShared, userIdOf } from './activity.ts';

/** Where a conversation is: enough for Teams to write into it later. Kept as JSON. */
const schema = z.object({
  channelId: z.literal('msteams'),
  serviceUrl: z.string(),
  conversation: z.object({ id: z.string() }),
  bot: z.object({ id: z.string() }),
  user: z.object({ id: z.string() }),
});
export type Reference = z.infer<typeof schema>;

/** Where an activity came from. */
const referenceOf = (activity: Incoming): Reference => ({
  channelId: 'msteams',
  serviceUrl: activity.serviceUrl,
  conversation: { id: activity.conversation.id },
  bot: { id: activity.recipient.id },
  user: { id: userIdOf(activity) },
});

/** The reference to write to this person later, which only their own chat with the bot gives. */
export const personalReference = (activity: Incoming): string | null =>
  isPersonal(activity) ? writeReference(referenceOf(activity)) : null;

/** The reference to post in this channel or group chat later; null: it came from a person's own chat. */
export function placeReference(activity: Incoming): string | null {
  if (!isShared(activity)) return null;
  const reference = referenceOf(activity);
  // What is posted is a message of its own, no answer to the one under which somebody typed.
  const id = reference.conversation.id.replace(/;messageid=.*$/, '');
  return writeReference({ ...reference, conversation: { id } });
}

export const writeReference = (reference: Reference): string => JSON.stringify(reference);

/** @returns null where it is not one of ours, e.g. from an older version. */
export function readReference(json: string | null): Reference | null {
  if (json === null) return null;
  try {
    return schema.safeParse(JSON.parse(json)).data ?? null;
  } catch {
    return null;
  }
}
