import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { settings } from '../src/config.ts';
import { createProduct } from '../src/product.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const documents = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'SECURITY.md',
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** Each match of `pattern` in any document, as its first group with the document that it stands in. */
const found = (pattern: RegExp) =>
  documents.flatMap((document) =>
    [...read(document).matchAll(pattern)].map(([, text = '']) => ({ document, text })),
  );
const texts = (pattern: RegExp) => new Set(found(pattern).map((it) => it.text));

/** The anchors of a document, as its headings make them. */
const anchorsOf = (path: string) =>
  [...read(path).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\- ]/gu, '')
      .replaceAll(' ', '-'),
  );

test('docs: every link and picture leads somewhere', () => {
  const links = found(/\]\((?!\w+:)([^)]+)\)/g);
  expect(links.length).toBeGreaterThan(30);
  const broken = links.filter(({ document, text }) => {
    const [path = '', anchor] = text.split('#');
    const target = path ? join(dirname(document), path) : document;
    return !existsSync(join(root, target)) || (anchor !== undefined && !anchorsOf(target).includes(anchor));
  });
  expect(broken).toEqual([]);
});

test('docs: every picture is described', () => {
  expect(texts(/!\[([^\]]*)\]/g).size).toBeGreaterThan(3);
  expect(found(/!(\[\s*\])/g)).toEqual([]);
});

test('docs: .env.example and the README explain exactly the settings that there are', () => {
  const known = Object.keys(settings).sort();
  expect([...read('.env.example').matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name).sort()).toEqual(known);
  expect([...read('README.md').matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name).sort()).toEqual(
    known,
  );
});

test('docs: every npm script that is named is there', () => {
  const { scripts } = JSON.parse(read('package.json'));
  const named = [...texts(/npm run ([\w:-]+)/g), ...texts(/npm (test|start)\b/g)];
  expect(named.length).toBeGreaterThan(8);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

test('docs: every slash command that is named is known, and every word is told of', () => {
  const { features } = createProduct({
    databasePath: '',
    organisation: '',
    adminEmails: [],
    language: 'en',
    zone: 'UTC',
  });
  const words = features.flatMap(({ words = {} }) => Object.keys(words));
  const routes = ['healthz', 'readyz', 'metrics'];
  const named = [...texts(/`\/([a-z]+)(?=[ `])/g)];
  expect(named.filter((name) => !words.includes(name) && !routes.includes(name))).toEqual([]);
  const greetings = ['hi', 'hello', '你好', '您好'];
  expect(words.filter((word) => !named.includes(word) && !greetings.includes(word))).toEqual([]);
});

test('docs: what is quoted from the source stands there', () => {
  const quotes = found(/^```ts\n([\s\S]+?)^```$/gm);
  expect(quotes.length).toBeGreaterThan(8);
  const missing = quotes.flatMap(({ document, text }) => {
    const [heading = '', ...lines] = text.trimEnd().split('\n');
    const source = read(heading.replace('// ', '')).split('\n');
    return lines.filter((line) => !source.includes(line)).map((line) => `${document}: ${heading}: ${line}`);
  });
  expect(missing).toEqual([]);
});
