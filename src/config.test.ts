import { describe, expect, test } from '@jest/globals';
import { BadConfig, readConfig, readDatabasePath, settings } from './config.ts';

type Env = Record<string, string>;

const common: Env = {
  DATABASE_PATH: 'data/rooms.sqlite',
  REDIS_URL: 'redis://127.0.0.1:6379',
  ADMIN_EMAILS: 'ada@example.org',
};
const slack: Env = { SLACK_SIGNING_SECRET: 's1', SLACK_BOT_TOKEN: 'xoxb-1' };
const oauth: Env = {
  SLACK_SIGNING_SECRET: 's1',
  SLACK_CLIENT_ID: 'c1',
  SLACK_CLIENT_SECRET: 'c2',
  SLACK_STATE_SECRET: 'c3',
  SLACK_ALLOWED_TEAMS: 'T1, T2',
};
const teams: Env = {
  MICROSOFT_APP_ID: 'm1',
  MICROSOFT_APP_PASSWORD: 'm2',
  MICROSOFT_APP_TENANT_ID: 'm3',
  TEAMS_ALLOWED_TENANTS: 'contoso',
};

/** What is wrong with the settings, a line each. */
function problems(env: Env): string[] {
  try {
    readConfig(env);
    return [];
  } catch (err) {
    if (err instanceof BadConfig) return err.problems;
    throw err;
  }
}

const without = (env: Env, ...names: string[]): Env =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !names.includes(name)));

describe('[6.4] the settings', () => {
  test('either platform alone is enough, and both are', () => {
    expect(readConfig({ ...common, ...slack })).toMatchObject({
      slack: { install: { botToken: 'xoxb-1' } },
      teams: null,
    });
    expect(readConfig({ ...common, ...teams })).toMatchObject({
      slack: null,
      teams: { allowedTenants: ['contoso'] },
    });
    expect(problems({ ...common, ...slack, ...teams })).toEqual([]);
  });

  test('what is not set is as the explanations say', () => {
    expect(readConfig({ ...common, ...slack, PORT: ' ', LOG_LEVEL: '' })).toMatchObject({
      host: '127.0.0.1',
      port: 3978,
      publicUrl: null,
      smtp: null,
      language: 'en',
      zone: 'UTC',
      logLevel: 'info',
      organisation: '',
      slack: { appToken: null, apiUrl: null, allowedTeams: [] },
    });
  });

  test('what is set is taken, without the blanks around it', () => {
    const set = {
      ADMIN_EMAILS: ' Ada@Example.org , rae@example.org,',
      PORT: '8080',
      PUBLIC_URL: 'https://rooms.example.org',
      DEFAULT_LANGUAGE: 'zh-TW',
      DEFAULT_ZONE: 'Asia/Taipei',
      LOG_LEVEL: 'warn',
    };
    expect(readConfig({ ...common, ...oauth, ...set })).toMatchObject({
      adminEmails: ['ada@example.org', 'rae@example.org'],
      port: 8080,
      publicUrl: 'https://rooms.example.org',
      language: 'zh-TW',
      zone: 'Asia/Taipei',
      logLevel: 'warn',
      slack: {
        allowedTeams: ['T1', 'T2'],
        install: { clientId: 'c1', clientSecret: 'c2', stateSecret: 'c3' },
      },
    });
  });

  test('without any, everything that is missing is named at once, with what it is for', () => {
    expect(problems({})).toEqual([
      expect.stringMatching(/^No chat platform is set up/),
      `DATABASE_PATH is missing: ${settings.DATABASE_PATH}.`,
      `REDIS_URL is missing: ${settings.REDIS_URL}.`,
      `ADMIN_EMAILS is missing: ${settings.ADMIN_EMAILS}.`,
    ]);
  });

  test.each<[string, Env]>([
    ['SLACK_SIGNING_SECRET', without({ ...common, ...slack }, 'SLACK_SIGNING_SECRET')],
    ['SLACK_BOT_TOKEN', without({ ...common, ...slack }, 'SLACK_BOT_TOKEN')],
    ['SLACK_CLIENT_SECRET', without({ ...common, ...oauth }, 'SLACK_CLIENT_SECRET')],
    ['SLACK_STATE_SECRET', without({ ...common, ...oauth }, 'SLACK_STATE_SECRET')],
    ['SLACK_ALLOWED_TEAMS', without({ ...common, ...oauth }, 'SLACK_ALLOWED_TEAMS')],
    ['MICROSOFT_APP_ID', without({ ...common, ...teams }, 'MICROSOFT_APP_ID')],
    ['MICROSOFT_APP_PASSWORD', without({ ...common, ...teams }, 'MICROSOFT_APP_PASSWORD')],
    ['MICROSOFT_APP_TENANT_ID', without({ ...common, ...teams }, 'MICROSOFT_APP_TENANT_ID')],
    ['TEAMS_ALLOWED_TENANTS', without({ ...common, ...teams }, 'TEAMS_ALLOWED_TENANTS')],
    ['TEAMS_ALLOWED_TENANTS', { ...common, ...teams, TEAMS_ALLOWED_TENANTS: ' , ' }],
    ['ADMIN_EMAILS', { ...common, ...slack, ADMIN_EMAILS: ',' }],
    ['REDIS_URL', without({ ...common, ...slack }, 'REDIS_URL')],
    ['DATABASE_PATH', without({ ...common, ...slack }, 'DATABASE_PATH')],
  ])('%s is missed where it is needed', (name, env) => {
    expect(problems(env)).toEqual([expect.stringMatching(new RegExp(`^${name} is missing: `))]);
  });

  test('a managed identity has no password, a bot of many tenants has no tenant', () => {
    const managed = { ...without(teams, 'MICROSOFT_APP_PASSWORD'), MICROSOFT_APP_TYPE: 'UserAssignedMSI' };
    const many = { ...without(teams, 'MICROSOFT_APP_TENANT_ID'), MICROSOFT_APP_TYPE: 'MultiTenant' };
    expect([problems({ ...common, ...managed }), problems({ ...common, ...many })]).toEqual([[], []]);
  });

  test.each<[string, string]>([
    ['PORT', 'http'],
    ['PORT', '70000'],
    ['PUBLIC_URL', 'rooms.example.org'],
    ['PUBLIC_URL', 'ftp://rooms.example.org'],
    ['DEFAULT_LANGUAGE', 'de'],
    ['DEFAULT_ZONE', 'Berlin'],
    ['LOG_LEVEL', 'loud'],
    ['REDIS_URL', 'localhost:6379'],
    ['ADMIN_EMAILS', 'ada@example.org, rae'],
  ])('%s can’t be %s: it is said, without the value', (name, value) => {
    const found = problems({ ...common, ...slack, [name]: value });
    expect(found).toEqual([expect.stringMatching(new RegExp(`^${name} is not usable: `))]);
    expect(found[0]?.replace(settings[name as keyof typeof settings], '')).not.toContain(value);
  });

  const smtpUrl = 'smtps://rooms%40example.org:p%40ss%2Fword@mail.example.org:465';

  test.each([
    ['Rooms <rooms@example.org>', 'Rooms'],
    ['"Rooms, all of them" <rooms@example.org>', 'Rooms, all of them'],
    ['rooms@example.org', ''],
  ])('mail comes from %s', (typed, name) => {
    const set = { SMTP_URL: smtpUrl, MAIL_FROM: typed };
    expect(readConfig({ ...common, ...slack, ...set }).smtp).toEqual({
      url: smtpUrl,
      from: { name, address: 'rooms@example.org' },
    });
  });

  test('no mail is sent without a server, and none without an address that it comes from', () => {
    expect(readConfig({ ...common, ...slack, MAIL_FROM: 'rooms@example.org' }).smtp).toBeNull();
    expect(problems({ ...common, ...slack, SMTP_URL: smtpUrl })).toEqual([
      `MAIL_FROM is missing: ${settings.MAIL_FROM}.`,
    ]);
    expect(problems({ ...common, ...slack, SMTP_URL: smtpUrl, MAIL_FROM: 'Rooms' })).toEqual([
      `MAIL_FROM is not usable: ${settings.MAIL_FROM}.`,
    ]);
  });

  test.each([
    'mail.example.org',
    'https://mail.example.org',
    'smtp://',
    'smtp://u:p@mail.example.org/inbox',
    'smtp://u:p@mail.example.org?pool=true',
    'smtp://u:p%ss@mail.example.org',
  ])('SMTP_URL can’t be %s: it is said, without the value', (value) => {
    const found = problems({ ...common, ...slack, SMTP_URL: value, MAIL_FROM: 'rooms@example.org' });
    expect(found).toEqual([`SMTP_URL is not usable: ${settings.SMTP_URL}.`]);
  });

  test('one workspace or several, not both', () => {
    expect(problems({ ...common, ...slack, ...oauth })).toEqual([
      expect.stringContaining('exclude each other'),
    ]);
  });

  test('no secret is in what is said', () => {
    const secrets = {
      ...oauth,
      ...teams,
      SLACK_BOT_TOKEN: 'xoxb-secret',
      MICROSOFT_APP_PASSWORD: 'hush',
      PORT: 'x',
    };
    expect(problems(secrets).join('\n')).not.toMatch(/xoxb-secret|hush|\bs1\b|\bc[123]\b/);
  });
});

test('[2.1] the tools that only need the database read only that', () => {
  expect(readDatabasePath({ DATABASE_PATH: ' rooms.sqlite ' })).toBe('rooms.sqlite');
  expect(() => readDatabasePath({})).toThrow('DATABASE_PATH is missing');
});
