import { MessageGone, Unreachable } from '../../core/errors.ts';
import type { Card } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import type { Messenger, Sent } from '../ports.ts';
import { type Client, isSlackError, sending, updating } from './client.ts';
import { lookUpByEmail } from './directory.ts';
import { putFile } from './files.ts';
import { type Message, renderCard } from './render.ts';
import type { Workspaces } from './workspaces.ts';

/** Names the deliveries in a message's metadata, by which one that got through is found again. */
const eventType = 'meeting_room_delivery';

/** How a message is posted: what people typed is no markup, links no previews, names no mentions. */
export const post = (channel: string, { text, blocks }: Message) => ({
  channel,
  text,
  blocks,
  mrkdwn: false,
  link_names: false,
  parse: 'none' as const,
  unfurl_links: false,
  unfurl_media: false,
});

/** How a message is changed. */
export const change = (channel: string, ts: string, { text, blocks }: Message) => ({
  channel,
  ts,
  text,
  blocks,
  link_names: false,
  parse: 'none' as const,
});

/** Sends cards as direct messages, and changes them later. */
export const createMessenger = (workspaces: Workspaces): Messenger => ({
  platform: 'slack',
  async send(to, card, reader, delivery) {
    const client = await workspaces.client(to.tenant);
    if (!client) throw new Unreachable('the bot is not installed there');
    const earlier = delivery.again ? await sending(findDelivery(client, to.userId, delivery.id)) : null;
    return earlier ?? (await sending(sendCard(client, to.userId, card, reader, delivery.id)));
  },
  async update(at, card, reader) {
    const client = await workspaces.client(at.tenant);
    if (!client) throw new MessageGone('the bot is not installed there');
    await updating(client.chat.update(change(at.conversation, at.message, renderCard(card, reader))));
  },
  async sendFile(to, file, again) {
    const client = await workspaces.client(to.tenant);
    if (!client) throw new Unreachable('the bot is not installed there');
    await putFile(client, to.userId, file, again);
  },
  async post(to, card, reader, delivery) {
    const client = await workspaces.client(to.tenant);
    if (!client) throw new Unreachable('the bot is not installed there');
    const there = delivery.again && (await sending(findInChannel(client, to.conversation, delivery.id)));
    if (!there) await sending(sendCard(client, to.conversation, card, reader, delivery.id));
  },
  async find(email) {
    for (const tenant of await workspaces.all()) {
      const client = await workspaces.client(tenant);
      const profile = client && (await sending(lookUpByEmail(client, tenant, email)));
      if (profile) return { tenant, profile };
    }
    return null;
  },
});

async function sendCard(
  client: Client,
  userId: string,
  card: Card,
  reader: Reader,
  delivery: string,
): Promise<Sent> {
  const { channel, ts } = await client.chat.postMessage({
    ...post(userId, renderCard(card, reader)),
    metadata: { event_type: eventType, event_payload: { delivery } },
  });
  return sentAt(channel, ts);
}

/** The message of an earlier try, where it got through although its answer did not. */
async function findDelivery(client: Client, userId: string, delivery: string): Promise<Sent | null> {
  const { channel } = await client.conversations.open({ users: userId });
  return channel?.id ? findIn(client, channel.id, delivery) : null;
}

/**
 * The same in a channel, where the bot may be allowed to write and not to read. Then it can't be known, and is posted
 * again: rather twice than not at all.
 */
async function findInChannel(client: Client, channel: string, delivery: string): Promise<Sent | null> {
  try {
    return await findIn(client, channel, delivery);
  } catch (error) {
    if (isSlackError(error, 'missing_scope')) return null;
    throw error;
  }
}

async function findIn(client: Client, channel: string, delivery: string): Promise<Sent | null> {
  const { messages = [] } = await client.conversations.history({
    channel,
    include_all_metadata: true,
    limit: 100,
  });
  const found = messages.find(({ metadata }) => {
    const payload: { delivery?: unknown } = metadata?.event_payload ?? {};
    return metadata?.event_type === eventType && payload.delivery === delivery;
  });
  return found?.ts ? sentAt(channel, found.ts) : null;
}

/** @throws when Slack did not say where it put the message, so that it could never be changed */
export function sentAt(channel: string | undefined, ts: string | undefined): Sent {
  if (!channel || !ts) throw new Error('Slack answered without the message');
  return { conversation: channel, message: ts };
}
