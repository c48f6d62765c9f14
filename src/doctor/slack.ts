import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { SlackConfig } from '../config.ts';
import type { Installation } from '../db/installations.ts';
import { ask, type Skew } from './ask.ts';
import { aside, type Finding, right, wrong } from './report.ts';

const answer = z.looseObject({
  ok: z.boolean(),
  error: z.string().optional(),
  team: z.string().optional(),
  team_id: z.string().optional(),
  user: z.string().optional(),
});

const remedies: Record<string, string> = {
  invalid_auth: 'Copy the Bot User OAuth Token again: your app → OAuth & Permissions.',
  not_authed: 'Copy the Bot User OAuth Token again: your app → OAuth & Permissions.',
  token_revoked: 'Install the app to the workspace again, and copy the new token.',
  account_inactive: 'Install the app to the workspace again, and copy the new token.',
  token_expired: 'Turn token rotation off in the app, install it again, and copy the new token.',
  ratelimited: 'Try again in a minute.',
};

/** The scopes that the app's manifest asks for. */
export function scopesOfManifest(): string[] {
  const path = join(import.meta.dirname, '../../manifest/slack/manifest.json');
  return JSON.parse(readFileSync(path, 'utf8')).oauth_config.scopes.bot;
}

/** Signing secret, tokens, scopes, and the workspaces' list. */
export async function examineSlack(
  config: SlackConfig,
  installations: readonly Installation[],
  skews: Skew[],
): Promise<Finding[]> {
  const found: Finding[] = [examineSecret(config.signingSecret)];
  const { install, allowedTeams } = config;
  const call = (method: string, token: string) => callSlack(config.apiUrl, method, token, skews);

  const tokens = 'botToken' in install ? [install.botToken] : installations.map((it) => it.token);
  if (tokens.length === 0)
    found.push(aside('Slack: no workspace has installed the bot yet, at /slack/install of your address'));
  for (const token of tokens) found.push(...(await examineToken(token, allowedTeams, call)));
  if (config.appToken) found.push(await examineSocket(config.appToken, call));
  return found;
}

type Call = (method: string, token: string) => ReturnType<typeof callSlack>;

async function callSlack(apiUrl: string | null, method: string, token: string, skews: Skew[]) {
  const base = (apiUrl ?? 'https://slack.com/api/').replace(/\/*$/, '/');
  const told = await ask(
    base + method,
    { method: 'POST', headers: { authorization: `Bearer ${token}` } },
    skews,
  );
  const parsed = answer.safeParse(told.json);
  const body = parsed.success ? parsed.data : { ok: false, error: `HTTP ${told.status}` };
  return { body, scopes: told.headers.get('x-oauth-scopes') };
}

const examineSecret = (secret: string): Finding =>
  /^[0-9a-f]{32}$/.test(secret)
    ? right('Slack: the signing secret has the form of one')
    : wrong(
        'Slack: SLACK_SIGNING_SECRET is not 32 hexadecimal digits',
        'Copy it again: your app → Basic Information → Signing Secret. It is neither the client secret nor the verification token.',
      );

async function examineToken(token: string, allowed: readonly string[], call: Call): Promise<Finding[]> {
  const { body, scopes } = await call('auth.test', token);
  if (!body.ok) {
    const why = body.error ?? 'unknown';
    return [
      wrong(
        `Slack: the bot token is refused (${why})`,
        remedies[why] ?? 'Look the word up among the errors of auth.test.',
      ),
    ];
  }
  const { team = '?', team_id: id = '?', user = '?' } = body;
  const found = [right(`Slack: the token is that of @${user} in ${team} (${id})`)];
  if (allowed.length > 0 && !allowed.includes(id))
    found.push(wrong(`Slack: ${id} is not among SLACK_ALLOWED_TEAMS`, `Add ${id} to SLACK_ALLOWED_TEAMS.`));
  found.push(examineScopes(scopes));
  return found;
}

function examineScopes(header: string | null): Finding {
  if (header === null) return aside('Slack: it does not say which scopes the token has');
  const granted = header.split(',').map((it) => it.trim());
  const missing = scopesOfManifest().filter((it) => !granted.includes(it));
  return missing.length === 0
    ? right('Slack: the token has every scope of the manifest')
    : wrong(
        `Slack: the token lacks ${missing.join(', ')}`,
        'Paste manifest/slack/manifest.json again under App Manifest, and install the app again.',
      );
}

async function examineSocket(appToken: string, call: Call): Promise<Finding> {
  const { body } = await call('apps.connections.open', appToken);
  if (body.ok) return right('Slack: Socket Mode opens a connection');
  return wrong(
    `Slack: Socket Mode opens no connection (${body.error ?? 'unknown'})`,
    'SLACK_APP_TOKEN is an app-level token with connections:write (Basic Information), and Socket Mode is on.',
  );
}
