import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { botEvents } from './events.ts';
import { botScopes } from './install.ts';

const manifest = JSON.parse(
  readFileSync(new URL('../../../manifest/slack/manifest.json', import.meta.url), 'utf8'),
);

test('[6.4] the app manifest asks for exactly the scopes and events that are used', () => {
  expect(manifest.oauth_config.scopes.bot).toEqual(botScopes);
  expect(manifest.settings.event_subscriptions.bot_events).toEqual([...botEvents]);
});

test('[2.1] the app manifest brings every command to where the bot listens, within the limits of Slack', () => {
  for (const { command, description, url } of manifest.features.slash_commands) {
    expect(command).toMatch(/^\/[a-z]{1,31}$/);
    expect(description.length).toBeLessThanOrEqual(100);
    expect(new URL(url).pathname).toBe('/slack/events');
  }
  const { description, long_description, name } = manifest.display_information;
  expect(name.length).toBeLessThanOrEqual(35);
  expect(description.length).toBeLessThanOrEqual(140);
  expect(long_description.length).toBeGreaterThanOrEqual(174);
});
