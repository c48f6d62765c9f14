import fc from 'fast-check';

/*
 * Real payloads with one thing wrong in them: any part at any depth, JSON inside of strings included, is replaced by
 * something hostile, taken away, doubled, or moved under another name.
 */

/** Goes into the JSON that a string holds. */
const inside = Symbol('inside');
type Step = string | typeof inside;
export type Path = Step[];

const parsed = (text: string): unknown => {
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

const isObject = (node: unknown): node is Record<string, unknown> =>
  typeof node === 'object' && node !== null;

/** Every part of a payload, itself included. */
export function pathsOf(node: unknown, path: Path = []): Path[] {
  if (typeof node === 'string') {
    const inner = parsed(node);
    return inner === undefined ? [path] : [path, ...pathsOf(inner, [...path, inside]).slice(1)];
  }
  if (!isObject(node)) return [path];
  return [path, ...Object.entries(node).flatMap(([key, part]) => pathsOf(part, [...path, key]))];
}

/** The payload with `change` applied to what holds the last step. */
function edit(
  node: unknown,
  [step, ...rest]: Path,
  change: (holder: unknown, step: Step) => unknown,
): unknown {
  if (step === undefined) return node;
  if (step === inside) {
    const inner = parsed(String(node));
    const edited = rest.length === 0 ? change(inner, step) : edit(inner, rest, change);
    return JSON.stringify(edited);
  }
  if (rest.length === 0) return change(node, step);
  const part = (node as Record<string, unknown>)[step];
  return withPart(node, step, edit(part, rest, change));
}

function withPart(node: unknown, key: string, part: unknown): unknown {
  if (Array.isArray(node)) return node.map((it, n) => (String(n) === key ? part : it));
  const entries = Object.entries(node as object).map(([name, it]) => [name, name === key ? part : it]);
  return Object.fromEntries(entries);
}

const without = (node: unknown, key: string): unknown =>
  Array.isArray(node)
    ? node.filter((_, n) => String(n) !== key)
    : Object.fromEntries(Object.entries(node as object).filter(([name]) => name !== key));

/** What no honest client sends. Nothing in it looks like what an answer must not show. */
export const hostileTexts = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\udc00\ud800',
  '\u200b\u200d\ufeff',
  '\u202Etxt.exe\u202C',
  `Z${'\u0300'.repeat(400)}`,
  'x'.repeat(70_000),
  '<'.repeat(20_000),
  '@'.repeat(20_000),
  '1:'.repeat(10_000),
  `#${'9'.repeat(400)}`,
  '__proto__',
  'constructor',
  'toString',
  "'; DROP TABLE booking; --",
  '../../../../etc/passwd',
  '<!channel> <@U0> [x](javascript:alert(1))',
  '{{constructor.constructor("return process")()}} \x24{process.env} {{DATE(2026-01-01)}}',
  '9999-12-31',
  '0000-00-00',
  '-271821-04-20',
  '2026-02-30',
  '24:00',
  '1e400',
  '99999999999999999999',
  '-1',
  'NaN',
  '{"__proto__":{"admin":true}}',
  '[[[[[[[[]]]]]]]]',
];

const poisoned = (): unknown =>
  JSON.parse('{"__proto__":{"roles":["admin"]},"constructor":{"prototype":{"ok":true}}}');

export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...hostileTexts) },
  {
    weight: 3,
    arbitrary: fc.constantFrom<unknown>(
      null,
      true,
      0,
      -1,
      1.5,
      1e308,
      Number.MAX_SAFE_INTEGER,
      [],
      {},
      [[]],
      [null],
    ),
  },
  { weight: 1, arbitrary: fc.constant(null).map(poisoned) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
  { weight: 2, arbitrary: fc.jsonValue() },
);

type Change = { how: 'replace' | 'drop' | 'double' | 'rename' | 'nest'; value: unknown };

const change: fc.Arbitrary<Change> = fc.record({
  how: fc.constantFrom('replace', 'replace', 'replace', 'replace', 'drop', 'double', 'rename', 'nest'),
  value: hostileValue,
});

/** One of the payloads with one thing wrong in it. */
export const mutantOf = (payloads: readonly unknown[]): fc.Arbitrary<unknown> =>
  fc
    .constantFrom(
      ...payloads.flatMap((payload) =>
        pathsOf(payload)
          .slice(1)
          .map((path) => ({ payload, path })),
      ),
    )
    .chain(({ payload, path }) => change.map((it) => mutate(payload, path, it)));

/** The payload with one thing wrong at this place. */
export const mutate = (payload: unknown, path: Path, { how, value }: Change): unknown =>
  edit(payload, path, (holder, step) => {
    if (step === inside) return value;
    const part = (holder as Record<string, unknown>)[step];
    switch (how) {
      case 'replace':
        return withPart(holder, step, value);
      case 'drop':
        return without(holder, step);
      case 'double':
        return withPart(holder, step, [part, part]);
      case 'nest':
        return withPart(holder, step, { [step]: part });
      case 'rename': {
        const rest = without(holder, step);
        return Array.isArray(rest)
          ? rest
          : JSON.parse(
              `{"__proto__":${JSON.stringify(part)},${JSON.stringify(rest).slice(1)}`.replace(/,}$/, '}'),
            );
      }
    }
  });
