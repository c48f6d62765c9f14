import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import type { MessageKey } from '../src/i18n/keys.ts';
import { type Language, translate } from '../src/i18n/translate.ts';
import type { Files } from './zip.ts';

export type TeamsApp = {
  /** The bot's app id, which also names the app. */
  appId: string;
  version: string;
  /** Shown as the app's developer. */
  organisation: string;
  /** Where people find out about the app, its privacy notice and its terms. */
  website: string;
  privacy: string;
  terms: string;
};

const folder = join(import.meta.dirname, 'teams');
const read = (name: string): Buffer => readFileSync(join(folder, name));
const readJson = (name: string): Record<string, unknown> => JSON.parse(read(name).toString());

const words = ['book', 'bookings', 'home', 'rooms', 'approvals', 'reminders', 'rules', 'language'] as const;
const translations: Record<string, Language> = { 'zh-tw.json': 'zh-TW', 'zh-cn.json': 'zh-CN' };

/**
 * The files of the Teams app package, with the commands as the catalogues describe them.
 * @throws Error naming everything that Microsoft's schema has against them.
 */
export function teamsPackage(app: TeamsApp): Files {
  const base = readJson('manifest.json');
  const manifest = {
    ...base,
    version: app.version,
    id: app.appId,
    developer: {
      name: [...app.organisation].slice(0, 32).join(''),
      websiteUrl: app.website,
      privacyUrl: app.privacy,
      termsOfUseUrl: app.terms,
    },
    bots: [
      {
        botId: app.appId,
        scopes: ['personal', 'team', 'groupChat'],
        commandLists: [
          { scopes: ['personal', 'team', 'groupChat'], commands: words.map((word) => commandIn('en', word)) },
        ],
      },
    ],
  };
  const localized = Object.entries(translations).map(([file, language]): [string, object] => [
    file,
    { ...readJson(file), ...Object.fromEntries(words.flatMap((word, i) => localCommand(language, word, i))) },
  ]);

  const problems = [
    ...check('MicrosoftTeams.schema.json', 'manifest.json', manifest),
    ...localized.flatMap(([file, content]) =>
      check('MicrosoftTeams.Localization.schema.json', file, content),
    ),
  ];
  if (problems.length > 0) throw new Error(problems.join('\n'));

  return {
    'manifest.json': toBuffer(manifest),
    ...Object.fromEntries(localized.map(([file, content]) => [file, toBuffer(content)])),
    'color.png': read('color.png'),
    'outline.png': read('outline.png'),
  };
}

type Word = (typeof words)[number];

const commandIn = (language: Language, word: Word): { title: string; description: string } => ({
  title: word,
  description: translate(language, `home.words.${word}` satisfies MessageKey),
});

const localCommand = (language: Language, word: Word, i: number): [string, string][] =>
  Object.entries(commandIn(language, word)).map(([name, text]) => [
    `bots[0].commandLists[0].commands[${i}].${name}`,
    text,
  ]);

function check(schema: string, file: string, content: object): string[] {
  // Microsoft writes draft 04, of which it uses nothing that a newer draft reads otherwise.
  const { $schema: _, ...rules } = readJson(join('schema', schema));
  const ajv = new Ajv({ strict: false, unicodeRegExp: false, allErrors: true, validateFormats: false });
  const valid = ajv.compile(rules);
  if (valid(content)) return [];
  return (valid.errors ?? []).map(({ instancePath, message }) => `${file}${instancePath}: ${message}`);
}

const toBuffer = (json: object): Buffer => Buffer.from(`${JSON.stringify(json, null, 2)}\n`);
