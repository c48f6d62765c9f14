import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from '@jest/globals';

/*
 * Dependencies point one way (docs/adding-a-feature.md). Each rule names the files it is about and says which
 * imports they may not have.
 */

type Import = { from: string; to: string; typeOnly: boolean };

const src = join(import.meta.dirname, '../src');

const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
);

const imports: Import[] = files.flatMap((from) => {
  const text = readFileSync(join(src, from), 'utf8');
  return [...text.matchAll(/^(?:import|export)\s+(type\s)?[^'";]*?from\s+'([^']+)'/gm)].map(
    ([, type, to = '']) => ({
      from,
      to: to.startsWith('.') ? relative(src, resolve(src, dirname(from), to)) : to,
      typeOnly: type !== undefined,
    }),
  );
});

const feature = (file: string): string | undefined => /^features\/([^/]+)\//.exec(file)?.[1];
const isPackage = (to: string): boolean => !to.endsWith('.ts');

const rules: Array<{ name: string; broken(it: Import): boolean }> = [
  {
    name: 'a chat platform is known in its own folder only',
    broken: ({ from, to }) =>
      /^(@slack\/|botbuilder|botframework|@microsoft\/|adaptivecards)/.test(to) &&
      !/^(chat\/(slack|teams)|sandbox)\//.test(from),
  },
  {
    name: 'the platforms do not know each other',
    broken: ({ from, to }) =>
      (from.startsWith('chat/slack/') && to.startsWith('chat/teams/')) ||
      (from.startsWith('chat/teams/') && to.startsWith('chat/slack/')),
  },
  {
    name: 'features import neither chat, queue, web, the sandbox nor the composition',
    broken: ({ from, to }) =>
      feature(from) !== undefined && /^(chat|queue|web|sandbox)\/|^(app|main|config|reactions)\.ts$/.test(to),
  },
  {
    name: 'another feature is reached by its index, or by the types and rules of its domain',
    broken: ({ from, to }) => {
      const [mine, other] = [feature(from), feature(to)];
      return mine !== undefined && other !== undefined && mine !== other && !/\/(index|domain)\.ts$/.test(to);
    },
  },
  {
    name: 'a domain imports core and other domains only',
    broken: ({ from, to, typeOnly }) =>
      /^features\/[^/]+\/(domain|policy)\.ts$/.test(from) &&
      !(to.startsWith('core/') || /\/(domain|policy)\.ts$/.test(to) || typeOnly),
  },
  {
    name: 'the core knows no feature and no platform',
    broken: ({ from, to, typeOnly }) =>
      from.startsWith('core/') && !to.startsWith('core/') && !isPackage(to) && !typeOnly,
  },
  {
    name: 'the language is read without knowing features, data or platforms',
    broken: ({ from, to }) =>
      from.startsWith('language/') && !/^(language|core)\//.test(to) && to !== 'luxon',
  },
  {
    name: 'mail is sent in its own folder only, which only the app and the doctor know',
    broken: ({ from, to }) =>
      (to === 'nodemailer' || to.startsWith('mail/')) && !/^(mail|doctor)\/|^app\.ts$/.test(from),
  },
  {
    name: 'only app, main and the sandbox know everybody',
    broken: ({ from, to }) =>
      /^(app|product|reactions)\.ts$/.test(to) && !/^(app|main|product)\.ts$|^sandbox\//.test(from),
  },
];

test.each(rules)('architecture: $name', ({ broken }) => {
  expect(imports.filter(broken).map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
});

test('architecture: no files import each other in a circle', () => {
  const byFile = Map.groupBy(imports, ({ from }) => from);
  const done = new Set<string>();
  /** The circle that the way down from a file closes, if it does. */
  const circle = (file: string, way: string[]): string[] => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return [];
    done.add(file);
    for (const { to } of byFile.get(file) ?? []) {
      const found = circle(to, [...way, file]);
      if (found.length > 0) return found;
    }
    return [];
  };
  expect(files.map((file) => circle(file, [])).filter((it) => it.length > 0)).toEqual([]);
});

test('architecture: the rules see the imports of the program', () => {
  expect(imports.length).toBeGreaterThan(100);
  expect(imports).toContainEqual({ from: 'product.ts', to: 'reactions.ts', typeOnly: false });
});

test('architecture: no clock and no chance inside a domain', () => {
  const impure = /Date\.now\(|new Date\(\)|DateTime\.(now|local|utc)\(\)|Math\.random\(|randomUUID\(/;
  const domains = files.filter((file) => /^features\/[^/]+\/(domain|policy)\.ts$/.test(file));
  expect(domains.length).toBeGreaterThan(3);
  expect(domains.filter((file) => impure.test(readFileSync(join(src, file), 'utf8')))).toEqual([]);
});

test('architecture: process.env is read at the start alone', () => {
  const readers = files.filter((file) => readFileSync(join(src, file), 'utf8').includes('process.env'));
  expect(
    readers.filter((file) => !/^(main|seed|verify|doctor|backup|restore)\.ts$|^sandbox\//.test(file)),
  ).toEqual([]);
});
