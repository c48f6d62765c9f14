import { expect, test } from '@jest/globals';
import { RealEnvironment, refuseReal } from './guard.ts';
import { sentenceOf } from './words.ts';

const refusal = (env: Record<string, string>): RealEnvironment => {
  try {
    refuseReal(env);
  } catch (error) {
    if (error instanceof RealEnvironment) return error;
    throw error;
  }
  throw new Error('it was let through');
};

test.each([
  'SLACK_BOT_TOKEN',
  'SLACK_SIGNING_SECRET',
  'SLACK_APP_TOKEN',
  'SLACK_CLIENT_SECRET',
  'MICROSOFT_APP_ID',
  'MICROSOFT_APP_PASSWORD',
  'TEAMS_ALLOWED_TENANTS',
  'REDIS_URL',
  'DATABASE_PATH',
  'PUBLIC_URL',
])('[6.4] the sandbox refuses to run beside %s, and names it without its value', (name) => {
  const refused = refusal({ PATH: '/bin', [name]: 'a-secret-value' });
  expect(refused.names).toEqual([name]);
  expect(sentenceOf(refused)).toContain(name);
  expect(sentenceOf(refused)).not.toContain('a-secret-value');
});

test('[6.4] the sandbox refuses to run in production', () => {
  expect(sentenceOf(refusal({ NODE_ENV: 'production' }))).toContain('NODE_ENV=production');
});

test('[6.4] settings that are empty or of no deployment are no obstacle', () => {
  expect(() =>
    refuseReal({ SLACK_BOT_TOKEN: ' ', PORT: '1', LOG_LEVEL: 'debug', NODE_ENV: '' }),
  ).not.toThrow();
});
