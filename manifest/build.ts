import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { teamsPackage } from './teams-package.ts';
import { zip } from './zip.ts';

/*
 * npm run manifest -- --app-id <id> --website https://rooms.example.com
 *
 * Builds the Teams app package, ready to be uploaded in the Teams admin centre. Without options, the app id
 * and the address are those of the environment that the bot runs with.
 */

const root = join(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    'app-id': { type: 'string' },
    website: { type: 'string' },
    privacy: { type: 'string' },
    terms: { type: 'string' },
    organisation: { type: 'string' },
  },
});
const appId = values['app-id'] ?? process.env.MICROSOFT_APP_ID;
const website = values.website ?? process.env.PUBLIC_URL;

if (!appId || !website) {
  console.error(
    'The Teams app package needs the app id of the bot (--app-id or MICROSOFT_APP_ID) and a web address of your organisation (--website or PUBLIC_URL).',
  );
  process.exitCode = 1;
} else {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const files = teamsPackage({
    appId,
    version,
    organisation: values.organisation ?? process.env.ORGANISATION ?? new URL(website).hostname,
    website,
    privacy: values.privacy ?? website,
    terms: values.terms ?? website,
  });
  mkdirSync(join(root, 'dist'), { recursive: true });
  const target = join(root, 'dist', 'teams-app.zip');
  writeFileSync(target, zip(files));
  console.info(`${target}: ${Object.keys(files).join(', ')}`);
}
