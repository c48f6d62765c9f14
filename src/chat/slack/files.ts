import { openAsBlob } from 'node:fs';
import { RateLimited } from '../../core/errors.ts';
import type { ChatFile } from '../../core/feature.ts';
import { type Client, sending, timeout } from './client.ts';

/** No upload takes longer, in milliseconds. */
export const longestUpload = 8 * 60_000;
/** An upload that is slower than this, in bytes per millisecond, is taken for one that hangs. */
const slowest = 500;

/**
 * Puts a file into the chat with somebody.
 * @param again true when an earlier try may have got through: a file of the same name is looked for first
 * @param patient for how many milliseconds an upload of so many bytes may take
 * @throws RateLimited, Unreachable, NotPermitted; anything else is worth another try
 */
export async function putFile(
  client: Client,
  userId: string,
  file: ChatFile,
  again: boolean,
  patient = patience,
): Promise<void> {
  const { channel } = await sending(client.conversations.open({ users: userId }));
  if (!channel?.id) throw new Error('Slack answered without the chat');
  if (again && (await isThere(client, channel.id, file.name))) return;
  const content = await contentOf(file);
  const { upload_url, file_id } = await sending(
    client.files.getUploadURLExternal({ filename: file.name, length: content.size }),
  );
  if (!upload_url || !file_id) throw new Error('Slack answered without a place for the file');
  await upload(trusted(upload_url, client), content, patient(content.size));
  const files: [{ id: string; title: string }] = [{ id: file_id, title: file.title }];
  await sending(client.files.completeUploadExternal({ files, channel_id: channel.id }));
}

async function isThere(client: Client, channel: string, name: string): Promise<boolean> {
  const { messages = [] } = await sending(client.conversations.history({ channel, limit: 100 }));
  return messages.some(({ files = [] }) => files.some((file) => file.name === name));
}

/** What is on disk is read from there as it is sent. */
const contentOf = ({ content, type }: ChatFile): Promise<Blob> | Blob =>
  'path' in content ? openAsBlob(content.path, { type }) : new Blob([Uint8Array.from(content)], { type });

/** What is in files goes over the line encrypted, or to wherever the API itself was set to be. */
function trusted(address: string, { slackApiUrl }: Client): URL {
  const url = new URL(address);
  if (url.protocol !== 'https:' && url.host !== new URL(slackApiUrl).host)
    throw new Error('Slack named a place for the file that is not safe');
  return url;
}

/** Not the client's own way of uploading: where the other end is broken, that hangs without a word. */
async function upload(url: URL, content: Blob, withinMs: number): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    body: content,
    redirect: 'error',
    signal: AbortSignal.timeout(withinMs),
  });
  await response.body?.cancel();
  if (response.status === 429)
    throw new RateLimited(1000 * (Number(response.headers.get('retry-after')) || 1));
  if (!response.ok)
    throw Object.assign(new Error('Slack did not take the file'), { status: response.status });
}

/** How long an upload may take, in milliseconds. @param size in bytes */
export const patience = (size: number): number =>
  Math.min(timeout + Math.ceil(size / slowest), longestUpload);
