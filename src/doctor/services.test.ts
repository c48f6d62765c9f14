import { afterEach, describe, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { type Listening, listen } from '../../test/support/listen.ts';
import { startRedis, thisMachine } from '../../test/support/redis-server.ts';
import { startSlack } from '../../test/support/slack.ts';
import { password, startSmtp } from '../../test/support/smtp.ts';
import { startIssuer } from '../../test/support/teams-issuer.ts';
import type { SlackConfig, TeamsConfig } from '../config.ts';
import { ask, type Skew } from './ask.ts';
import { examineClock } from './clock.ts';
import { examineMail } from './mail.ts';
import { examineRedis } from './redis.ts';
import { type Finding, findingsOf, lineOf } from './report.ts';
import { examineSlack, scopesOfManifest } from './slack.ts';
import { examineTeams } from './teams.ts';

const running: Array<{ stop(): Promise<void> }> = [];
afterEach(async () => {
  for (const it of running.splice(0)) await it.stop();
});
const keep = <Running extends { stop(): Promise<void> }>(it: Running): Running => {
  running.push(it);
  return it;
};
const lines = async (found: Promise<Finding[]>) => (await found).map(lineOf);

/** Answers every request with one JSON body and these headers. */
const serve = async (
  status: number,
  body: object,
  headers: Record<string, string> = {},
): Promise<Listening> =>
  keep(
    await listen((_request, response) =>
      response
        .writeHead(status, { 'content-type': 'application/json', ...headers })
        .end(JSON.stringify(body)),
    ),
  );

describe('Slack', () => {
  const secrets = ['xoxb-secret', 'xapp-secret', 'not-a-signing-secret'];
  const config = (apiUrl: string, its: Partial<SlackConfig> = {}): SlackConfig => ({
    signingSecret: '0123456789abcdef0123456789abcdef',
    allowedTeams: [],
    appToken: null,
    apiUrl,
    install: { botToken: 'xoxb-secret' },
    ...its,
  });
  const known = { ok: true, team: 'Example', team_id: 'T1', user: 'rooms' };

  test('[6.4] a Slack that knows the token is right', async () => {
    const slack = keep(await startSlack({ people: [] }));
    const found = await lines(examineSlack({ ...slack.config, signingSecret: '0'.repeat(32) }, [], []));
    expect(found[0]).toBe('✓ Slack: the signing secret has the form of one');
    expect(found[1]).toMatch(/^✓ Slack: the token is that of @\S+ in .+ \(T\w+\)$/);
  });

  test('[6.4] one that does not says what to do', async () => {
    const slack = keep(await startSlack({ people: [] }));
    slack.fail({ method: 'auth.test', error: 'invalid_auth' });
    const its = {
      ...slack.config,
      install: { botToken: 'xoxb-secret' },
      signingSecret: 'not-a-signing-secret',
    };
    const found = await lines(examineSlack(its, [], []));
    expect(found[0]).toMatch(/^✗ Slack: SLACK_SIGNING_SECRET is not 32 hexadecimal digits → Copy it again/);
    expect(found[1]).toMatch(
      /^✗ Slack: the bot token is refused \(invalid_auth\) → Copy the Bot User OAuth Token/,
    );
    for (const secret of secrets) expect(found.join('\n')).not.toContain(secret);
  });

  test('[6.4] the scopes are those of the manifest, and the workspace one that is allowed', async () => {
    const all = scopesOfManifest();
    const complete = await serve(200, known, { 'x-oauth-scopes': all.join(',') });
    const ids = { allowedTeams: ['T1'] };
    expect((await lines(examineSlack(config(complete.url, ids), [], []))).at(-1)).toBe(
      '✓ Slack: the token has every scope of the manifest',
    );
    const poor = await serve(200, known, { 'x-oauth-scopes': all.slice(1).join(', ') });
    const found = await lines(examineSlack(config(poor.url, { allowedTeams: ['T2'] }), [], []));
    expect(found).toContainEqual(expect.stringContaining('✗ Slack: T1 is not among SLACK_ALLOWED_TEAMS'));
    expect(found).toContainEqual(expect.stringContaining(`✗ Slack: the token lacks ${all[0]} →`));
  });

  test('[6.4] of several workspaces each token is tried, and the socket where there is one', async () => {
    const { url } = await serve(200, { ok: false, error: 'token_revoked' });
    const install = { clientId: '1', clientSecret: '2', stateSecret: '3' };
    const none = await lines(examineSlack(config(url, { install }), [], []));
    expect(none.at(-1)).toContain('– Slack: no workspace has installed the bot yet');
    const both = ['T1', 'T2'].map((tenant) => ({ tenant, token: 'xoxb-secret' }));
    const found = await lines(examineSlack(config(url, { install, appToken: 'xapp-secret' }), both, []));
    expect(found.filter((it) => it.includes('Install the app to the workspace again'))).toHaveLength(2);
    expect(found.at(-1)).toContain('✗ Slack: Socket Mode opens no connection (token_revoked)');
    for (const secret of secrets) expect(found.join('\n')).not.toContain(secret);
  });
});

describe('Teams', () => {
  const id = '00000000-0000-4000-8000-000000000001';
  const config = (metadataUrl: string, its: Partial<TeamsConfig> = {}): TeamsConfig => ({
    appId: id,
    appPassword: 'the secret of the app',
    appType: 'SingleTenant',
    appTenantId: id,
    allowedTenants: [id],
    issuer: { metadataUrl, issuer: metadataUrl },
    ...its,
  });

  test('[6.4] the registration gives a token, and the keys can be fetched', async () => {
    const issuer = keep(await startIssuer(id, 'the secret of the app'));
    expect(await lines(examineTeams(config(issuer.metadataUrl), []))).toEqual([
      '✓ Teams: the keys by which its requests are recognised can be fetched',
      '✓ Teams: the app registration gives the bot a token',
    ]);
  });

  test('[6.4] a wrong secret or id is told without either', async () => {
    const issuer = keep(await startIssuer(id, 'another secret'));
    const found = await lines(examineTeams(config(issuer.metadataUrl, { allowedTenants: ['contoso'] }), []));
    expect(found[0]).toContain('✗ Teams: TEAMS_ALLOWED_TENANTS is not of the form 0000');
    expect(found.at(-1)).toContain('✗ Teams: the app registration gives no token (invalid_client) → Compare');
    expect(found.join('\n')).not.toContain('the secret of the app');
  });

  test('[6.4] what Microsoft’s codes mean is said', async () => {
    const token = await serve(401, { error: 'invalid_client', error_codes: [7000222] });
    const about = await serve(200, { jwks_uri: token.url, token_endpoint: token.url });
    const found = await lines(examineTeams(config(about.url), []));
    expect(found[0]).toContain('✗ Teams:');
    expect(found[1]).toContain('(invalid_client AADSTS7000222) → The secret has expired. Azure portal');
  });
});

test('[2.7] Redis: version, eviction, password, and where there is none', async () => {
  const program = await thisMachine.program();
  if (!program) throw new Error('there is no redis-server on the PATH');
  const { url } = keep(await startRedis(program));
  expect(await lines(examineRedis(url))).toEqual([
    expect.stringMatching(/^✓ Redis: version \d+\.\d+\.\d+ answers$/),
    '✓ Redis: it evicts nothing (maxmemory-policy noeviction)',
    expect.stringContaining('– Redis: it keeps nothing over a crash'),
  ]);
  const redis = new Redis(url);
  await redis.config('SET', 'maxmemory-policy', 'allkeys-lru');
  expect((await lines(examineRedis(url)))[1]).toContain(
    '✗ Redis: it may evict what waits (maxmemory-policy allkeys-lru) →',
  );
  await redis.config('SET', 'requirepass', 'right');
  redis.disconnect();
  for (const wrong of [url, url.replace('//', '//:wrong-password@')])
    expect(await lines(examineRedis(wrong))).toEqual([
      '✗ Redis: it refuses the password → Put its password into REDIS_URL: redis://:password@host:6379.',
    ]);
  const [away = ''] = await lines(examineRedis('redis://:wrong-password@127.0.0.1:1'));
  expect(away).toContain('✗ Redis: could not be reached (Error ECONNREFUSED) →');
  expect(away).not.toContain('wrong-password');
});

test('[2.3] mail: a server that lets us in, one that does not, and none', async () => {
  const from = { name: '', address: 'rooms@example.org' };
  const { url } = keep(await startSmtp({ auth: true }));
  expect(await lines(examineMail({ url, from }))).toEqual([`✓ Mail: ${new URL(url).host} lets us in`]);
  const other = keep(await startSmtp({ auth: true, accepts: 'another' }));
  const [refused = ''] = await lines(examineMail({ url: other.url, from }));
  expect(refused).toContain('does not let us in (EAUTH 535) → Look at user and password in SMTP_URL');
  for (const it of [password, encodeURIComponent(password)]) expect(refused).not.toContain(it);
  expect(await lines(examineMail(null))).toEqual([expect.stringMatching(/^– Mail: SMTP_URL is not set/)]);
});

test('[6.4] the clock is compared with whoever answers', async () => {
  const far = await serve(200, {}, { date: new Date(Date.now() + 125_000).toUTCString() });
  const near = await serve(200, {});
  const skews: Skew[] = [];
  expect(lineOf(examineClock(skews))).toContain('– Clock:');
  await ask(near.url, {}, skews);
  expect(lineOf(examineClock(skews))).toMatch(/^✓ Clock: within \d s of 127/);
  await ask(far.url, {}, skews);
  expect(lineOf(examineClock(skews))).toMatch(
    /^✗ Clock: 12\d s behind 127\S+; .+ → Let the machine set its clock/,
  );
});

test('[6.4] a check that hangs or fails is a finding, which tells no secret', async () => {
  const check = { name: 'Redis', settings: 'REDIS_URL' };
  const hangs = await findingsOf({ ...check, run: () => new Promise(() => {}) }, 10);
  expect(hangs.map(lineOf)).toEqual([
    '✗ Redis: no end after 0.01 s → Look at the network, and at REDIS_URL.',
  ]);
  const fails = await findingsOf(
    { ...check, run: () => Promise.reject(new TypeError('password: x')) },
    1_000,
  );
  expect(fails.map(lineOf)).toEqual(['✗ Redis: could not be checked (TypeError) → Look at REDIS_URL.']);
});
