import { z } from 'zod';
import { isZone } from './core/time.ts';
import { languages } from './i18n/translate.ts';

/** The settings, checked once. Nothing else reads the environment. */
export type Config = {
  organisation: string;
  slack: SlackConfig | null;
  teams: TeamsConfig | null;
  databasePath: string;
  /** Null only in the sandbox, where the queue is in process. */
  redisUrl: string | null;
  host: string;
  port: number;
  publicUrl: string | null;
  /** Null: no mail is sent. */
  smtp: SmtpConfig | null;
  adminEmails: string[];
  language: (typeof languages)[number];
  zone: string;
  logLevel: string;
};

export type SlackConfig = {
  signingSecret: string;
  /** Workspace ids that may use the bot; empty with a single token: its own workspace. */
  allowedTeams: string[];
  /** Present: Socket Mode; null: HTTP at /slack/events. */
  appToken: string | null;
  apiUrl: string | null;
  install: { botToken: string } | { clientId: string; clientSecret: string; stateSecret: string };
};

export type SmtpConfig = {
  /** smtp:// or smtps://, with the credentials inside: never shown, never logged. */
  url: string;
  /** From whom mail comes: `Rooms <rooms@example.org>`. */
  from: { name: string; address: string };
  /**
   * Certificates that are trusted beside the usual ones. Not read from the environment: tests make their own, and
   * NODE_EXTRA_CA_CERTS does it for everybody else.
   */
  ca?: string;
};

export type TeamsConfig = {
  appId: string;
  appPassword: string;
  appType: 'SingleTenant' | 'MultiTenant' | 'UserAssignedMSI';
  appTenantId: string | null;
  allowedTenants: string[];
  /**
   * Where tokens of the Bot Framework are checked against; null: Microsoft's own addresses. Not read from the
   * environment: tests point it to their own issuer.
   */
  issuer?: { metadataUrl: string; issuer: string } | null;
  /** Only in the sandbox: no authentication, and answers go to these addresses alone. */
  sandboxServiceUrls?: string[];
};

/** What is wrong with the settings, one line each, ready to be printed. */
export class BadConfig extends Error {
  readonly problems: string[];
  constructor(problems: string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/** Every setting: what it is for, shown where it is missing and checked against `.env.example` by a test. */
export const settings = {
  ORGANISATION: 'name of your organisation, shown with the rules',
  SLACK_BOT_TOKEN: 'bot token (xoxb-…) of a single Slack workspace',
  SLACK_SIGNING_SECRET: "Slack's signing secret, by which its requests are recognised",
  SLACK_APP_TOKEN: 'app-level token (xapp-…): Socket Mode instead of HTTP',
  SLACK_CLIENT_ID: 'for several Slack workspaces (OAuth)',
  SLACK_CLIENT_SECRET: 'for several Slack workspaces (OAuth)',
  SLACK_STATE_SECRET: 'for several Slack workspaces (OAuth): any long random text',
  SLACK_ALLOWED_TEAMS: 'ids of the Slack workspaces that may use the bot, separated by commas',
  SLACK_API_URL: "another address of Slack's API, for emulators",
  MICROSOFT_APP_ID: 'app id of the Teams bot',
  MICROSOFT_APP_PASSWORD: 'client secret of the Teams bot',
  MICROSOFT_APP_TYPE: 'SingleTenant (default), MultiTenant or UserAssignedMSI',
  MICROSOFT_APP_TENANT_ID: 'tenant of the bot registration (SingleTenant, UserAssignedMSI)',
  TEAMS_ALLOWED_TENANTS: 'ids of the tenants whose members may use the bot, separated by commas',
  DATABASE_PATH: 'SQLite file; its folder is made if need be',
  REDIS_URL: 'Redis for the queue, redis:// or rediss://',
  HOST: 'address to listen on (127.0.0.1)',
  PORT: 'port for both platforms (3978)',
  PUBLIC_URL: 'https address at which the bot is reached from outside',
  SMTP_URL: 'server that sends invitations by e-mail, smtp://user:password@host:587 or smtps://…',
  MAIL_FROM: 'address that they come from, e.g. Rooms <rooms@example.org>',
  ADMIN_EMAILS: 'e-mail addresses of the first admins, separated by commas',
  DEFAULT_LANGUAGE: `language of those whose own is not known: ${languages.join(', ')}`,
  DEFAULT_ZONE: 'time zone of those whose own is not known, e.g. Europe/Berlin',
  LOG_LEVEL: 'fatal, error, warn, info (default), debug, trace or silent',
} as const;
export type Setting = keyof typeof settings;

const commaList = (value: string | undefined): string[] =>
  (value ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);

/**
 * Reads the settings of the real thing from an environment.
 * @throws BadConfig naming everything that is missing or wrong at once, never a value.
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const problems: string[] = [];
  const get = (name: Setting): string | undefined => env[name]?.trim() || undefined;
  const need = (name: Setting): string => {
    const value = get(name);
    if (!value) problems.push(`${name} is missing: ${settings[name]}.`);
    return value ?? '';
  };
  const needList = (name: Setting): string[] => {
    const list = commaList(get(name));
    if (list.length === 0) problems.push(`${name} is missing: ${settings[name]}.`);
    return list;
  };
  const check = <T>(name: Setting, schema: z.ZodType<T>, fallback: T): T => {
    const value = get(name);
    if (value === undefined) return fallback;
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    problems.push(`${name} is not usable: ${settings[name]}.`);
    return fallback;
  };

  const slack = readSlack(get, need, problems);
  const teams = readTeams(get, { need, needList, check }, problems);
  if (!slack && !teams)
    problems.push(
      'No chat platform is set up: Slack needs SLACK_SIGNING_SECRET and SLACK_BOT_TOKEN, Teams needs MICROSOFT_APP_ID, MICROSOFT_APP_PASSWORD and TEAMS_ALLOWED_TENANTS. Either alone is enough.',
    );

  const config: Config = {
    organisation: get('ORGANISATION') ?? '',
    slack,
    teams,
    databasePath: need('DATABASE_PATH'),
    redisUrl: need('REDIS_URL'),
    host: get('HOST') ?? '127.0.0.1',
    port: check('PORT', z.coerce.number().int().min(0).max(65535), 3978),
    publicUrl: check<string | null>('PUBLIC_URL', z.url({ protocol: /^https?$/ }), null),
    smtp: readSmtp(get, need, problems),
    adminEmails: needList('ADMIN_EMAILS').map((email) => email.toLowerCase()),
    language: check('DEFAULT_LANGUAGE', z.enum(languages), 'en'),
    zone: check('DEFAULT_ZONE', z.string().refine(isZone), 'UTC'),
    logLevel: check(
      'LOG_LEVEL',
      z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']),
      'info',
    ),
  };
  if (config.redisUrl && !/^rediss?:\/\//.test(config.redisUrl))
    problems.push(`REDIS_URL is not usable: ${settings.REDIS_URL}.`);
  if (!config.adminEmails.every((email) => z.email().safeParse(email).success))
    problems.push(`ADMIN_EMAILS is not usable: ${settings.ADMIN_EMAILS}.`);
  if (problems.length > 0) throw new BadConfig(problems);
  return config;
}

/** Only where the database is: for the tools that need nothing else. @throws BadConfig */
export function readDatabasePath(env: Record<string, string | undefined>): string {
  const path = env.DATABASE_PATH?.trim();
  if (!path) throw new BadConfig([`DATABASE_PATH is missing: ${settings.DATABASE_PATH}.`]);
  return path;
}

/** Name and address of `Rooms <rooms@example.org>`, or of a bare address; null where it is neither. */
function readMailbox(text: string): SmtpConfig['from'] | null {
  const [, name = '', inside] = /^"?([^"<>]*?)"?\s*<([^<>]+)>$/.exec(text) ?? [];
  const address = inside ?? text;
  return z.email().safeParse(address).success ? { name: name.trim(), address } : null;
}

/** A server by its name, with credentials or without: whatever stands behind the name would be left out unnoticed. */
function isSmtpUrl(text: string): boolean {
  if (!/^smtps?:\/\//i.test(text) || !URL.canParse(text)) return false;
  const { hostname, pathname, search, hash, username, password } = new URL(text);
  const isCoded = [username, password].every((it) => /^([^%]|%[0-9a-f]{2})*$/i.test(it));
  return hostname !== '' && /^\/?$/.test(pathname) && search === '' && hash === '' && isCoded;
}

function readSmtp(get: Get, need: Need, problems: string[]): SmtpConfig | null {
  const url = get('SMTP_URL');
  if (!url) return null;
  const typed = need('MAIL_FROM');
  const from = readMailbox(typed);
  if (!isSmtpUrl(url)) problems.push(`SMTP_URL is not usable: ${settings.SMTP_URL}.`);
  if (typed && !from) problems.push(`MAIL_FROM is not usable: ${settings.MAIL_FROM}.`);
  return from && { url, from };
}

type Get = (name: Setting) => string | undefined;
type Need = (name: Setting) => string;
type NeedList = (name: Setting) => string[];
type Check = <T>(name: Setting, schema: z.ZodType<T>, fallback: T) => T;

function readSlack(get: Get, need: Need, problems: string[]): SlackConfig | null {
  const names = ['SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET', 'SLACK_CLIENT_ID', 'SLACK_APP_TOKEN'] as const;
  if (!names.some(get)) return null;
  const allowedTeams = commaList(get('SLACK_ALLOWED_TEAMS'));
  const botToken = get('SLACK_BOT_TOKEN');
  const oauth = get('SLACK_CLIENT_ID');
  if (botToken && oauth)
    problems.push('SLACK_BOT_TOKEN and SLACK_CLIENT_ID exclude each other: one workspace, or several.');
  if (oauth && allowedTeams.length === 0)
    problems.push(`SLACK_ALLOWED_TEAMS is missing: ${settings.SLACK_ALLOWED_TEAMS}.`);
  return {
    signingSecret: need('SLACK_SIGNING_SECRET'),
    allowedTeams,
    appToken: get('SLACK_APP_TOKEN') ?? null,
    apiUrl: get('SLACK_API_URL') ?? null,
    install: oauth
      ? {
          clientId: oauth,
          clientSecret: need('SLACK_CLIENT_SECRET'),
          stateSecret: need('SLACK_STATE_SECRET'),
        }
      : { botToken: need('SLACK_BOT_TOKEN') },
  };
}

function readTeams(
  get: Get,
  { need, needList, check }: { need: Need; needList: NeedList; check: Check },
  problems: string[],
): TeamsConfig | null {
  const names = ['MICROSOFT_APP_ID', 'MICROSOFT_APP_PASSWORD', 'TEAMS_ALLOWED_TENANTS'] as const;
  if (!names.some(get)) return null;
  const appType = check(
    'MICROSOFT_APP_TYPE',
    z.enum(['SingleTenant', 'MultiTenant', 'UserAssignedMSI']),
    'SingleTenant',
  );
  const appTenantId = get('MICROSOFT_APP_TENANT_ID') ?? null;
  if (appType !== 'MultiTenant' && !appTenantId)
    problems.push(`MICROSOFT_APP_TENANT_ID is missing: ${settings.MICROSOFT_APP_TENANT_ID}.`);
  return {
    appId: need('MICROSOFT_APP_ID'),
    appPassword: appType === 'UserAssignedMSI' ? '' : need('MICROSOFT_APP_PASSWORD'),
    appType,
    appTenantId,
    allowedTenants: needList('TEAMS_ALLOWED_TENANTS'),
  };
}
