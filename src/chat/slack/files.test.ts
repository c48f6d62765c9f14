import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { listen } from '../../../test/support/listen.ts';
import { type SlackUser, type SlackWorld, startSlack } from '../../../test/support/slack.ts';
import { NotPermitted, RateLimited, Unreachable } from '../../core/errors.ts';
import type { ChatFile } from '../../core/feature.ts';
import { createLogger } from '../../core/logger.ts';
import { leaseOf } from '../../queue/deliver.ts';
import type { Messenger } from '../ports.ts';
import { createClient, timeout } from './client.ts';
import { longestUpload, patience, putFile } from './files.ts';
import { createMessenger } from './messenger.ts';
import { createWorkspaces } from './workspaces.ts';

let world: SlackWorld;
let messenger: Messenger;
let ann: SlackUser;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'files-'));
  world = await startSlack({ people: [{ name: 'ann' }] });
  ann = world.user('ann');
  const installations = {
    save: async () => undefined,
    fetch: async () => null,
    remove: async () => undefined,
  };
  messenger = createMessenger(createWorkspaces(world.config, installations, createLogger('silent')));
});
afterAll(async () => {
  await world.stop();
  rmSync(folder, { recursive: true });
});

const file = (name: string, its: Partial<ChatFile> = {}): ChatFile => ({
  name,
  title: `The file ${name}`,
  type: 'text/csv; charset=utf-8',
  content: Buffer.from('預算,\u0000\r\n'),
  ...its,
});
const give = async (it: ChatFile, again = false, userId = ann.id) =>
  messenger.sendFile?.({ platform: 'slack', tenant: world.team, userId, conversation: null }, it, again);
const failureOf = (it: Promise<unknown>) =>
  it.then(
    () => null,
    (cause: unknown) => cause,
  );
const named = async (name: string) => (await world.files(ann)).filter((it) => it.name === name);

describe('[2.6] a file', () => {
  test('is put into the chat with its person, byte for byte, under its title', async () => {
    await give(file('a.csv'));
    expect(await named('a.csv')).toEqual([
      { name: 'a.csv', title: 'The file a.csv', content: Buffer.from('預算,\u0000\r\n') },
    ]);
  });

  test('is sent from disk', async () => {
    const path = join(folder, 'b');
    const content = Buffer.alloc(3_000_000, 'row,');
    writeFileSync(path, content);
    await give(file('b.csv', { content: { path } }));
    expect((await named('b.csv'))[0]?.content.equals(content)).toBe(true);
  });

  test.each(['files.getUploadURLExternal', 'upload', 'files.completeUploadExternal'])(
    'waits as long as %s says, and is tried once only',
    async (method) => {
      const name = `limited-${method}.csv`;
      world.fail({ method, status: 429, retryAfter: 7 });
      const before = world.calls.filter((it) => it === method).length;
      const failure = await failureOf(give(file(name)));
      expect(failure).toBeInstanceOf(RateLimited);
      expect(failure).toMatchObject({ retryAfterMs: 7000 });
      expect(world.calls.filter((it) => it === method).length - before).toBe(1);
      expect(await named(name)).toEqual([]);
      await give(file(name), true);
      expect(await named(name)).toHaveLength(1);
    },
  );

  test('that got through although the connection closed is not put there twice', async () => {
    world.fail({ method: 'files.completeUploadExternal', lost: true, cut: true });
    expect(await failureOf(give(file('once.csv')))).toBeInstanceOf(Error);
    await give(file('once.csv'), true);
    expect(await named('once.csv')).toHaveLength(1);
  });

  test('whose upload is refused is given nobody, and is worth another try', async () => {
    world.fail({ method: 'upload', status: 503 });
    const failure = await failureOf(give(file('refused.csv')));
    expect(failure).toMatchObject({ status: 503 });
    expect(failure).not.toBeInstanceOf(Unreachable);
    expect(await named('refused.csv')).toEqual([]);
  });

  test.each([
    ['conversations.open', 'user_not_found'],
    ['files.completeUploadExternal', 'channel_not_found'],
  ])('is given up where there is nobody to reach: %s %s', async (method, error) => {
    world.fail({ method, error });
    expect(await failureOf(give(file('c.csv')))).toBeInstanceOf(Unreachable);
  });

  test('is given up at once where the bot may not write files', async () => {
    world.fail({ method: 'files.getUploadURLExternal', error: 'missing_scope' });
    expect(await failureOf(give(file('d.csv')))).toBeInstanceOf(NotPermitted);
  });

  test('whose upload hangs is given up, so that it is tried again', async () => {
    world.fail({ method: 'upload', hangs: true });
    const client = createClient('xoxb-test', world.config.apiUrl, createLogger('silent'));
    const failure = await failureOf(putFile(client, ann.id, file('e.csv'), false, () => 100));
    expect(failure).toMatchObject({ name: 'TimeoutError' });
  });

  test('[6.3] goes nowhere unencrypted, whatever Slack is said to have answered', async () => {
    let reached = false;
    const elsewhere = await listen((_, response) => {
      reached = true;
      response.end('OK');
    });
    const reply = { ok: true, file_id: 'F1', upload_url: `${elsewhere.url}/upload/v1/F1` };
    world.fail({ method: 'files.getUploadURLExternal', reply });
    expect(`${await failureOf(give(file('f.csv')))}`).toContain('not safe');
    expect(reached).toBe(false);
    await elsewhere.stop();
  });

  test('that may take long is tried by nobody else meanwhile', () => {
    const calls = 4;
    expect(leaseOf('file')).toBeGreaterThan(longestUpload + calls * timeout);
    expect([patience(0), patience(200e6), patience(1e12)]).toEqual([
      timeout,
      timeout + 400_000,
      longestUpload,
    ]);
  });
});
