import {
  fields,
  type Miss,
  missesOf,
  parse,
  readUtterances,
  type Utterance,
  utteranceFiles,
  utteranceRooms,
} from '../test/support/utterances.ts';

type Result = { utterance: Utterance; misses: Miss[] };

/** What the parser gets right of the labelled utterances, and how long one takes. Prints every miss. */
export async function language(files: readonly string[]): Promise<void> {
  const utterances = (files.length > 0 ? files : utteranceFiles).flatMap(readUtterances);
  const results = utterances.map((utterance) => ({
    utterance,
    misses: missesOf(utterance, parse(utterance)),
  }));
  for (const { utterance, misses } of results) {
    for (const { field, expected, got } of misses) {
      console.log(
        `${utterance.id} ${JSON.stringify(utterance.text)} ${field}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)}`,
      );
    }
  }
  for (const locale of new Set(utterances.map((it) => it.locale))) {
    console.log(
      `${locale}: ${share(results.filter(({ utterance }) => utterance.locale === locale))} all fields right`,
    );
  }
  for (const field of ['error', ...fields]) {
    const right = results.filter(({ misses }) => !misses.some((miss) => miss.field === field)).length;
    console.log(`${field}: ${(right / results.length).toFixed(3)}`);
  }
  times(utterances);
  console.log(`language: ${share(results)}`);
}

const share = (results: Result[]): string =>
  (results.filter(({ misses }) => misses.length === 0).length / results.length).toFixed(3);

function times(utterances: Utterance[]): void {
  const manyRooms = [
    ...utteranceRooms,
    ...Array.from({ length: 1_000 }, (_, at) => `Meeting Room ${at} 會議廳`),
  ];
  const few = measure(utterances, utteranceRooms);
  const many = measure(utterances, manyRooms);
  console.log(`an utterance: median ${few.median.toFixed(3)} ms, 99 of 100 within ${few.p99.toFixed(3)} ms`);
  console.log(
    `with ${manyRooms.length} rooms: median ${many.median.toFixed(3)} ms, ${(many.median / few.median).toFixed(1)} × of ${utteranceRooms.length} rooms`,
  );
  const [base] = utterances;
  if (base === undefined) return;
  const slowest = odd
    .map((sign) => {
      const text = sign.repeat(100_000 / sign.length);
      return { sign, took: quickest(() => parse({ ...base, text })) };
    })
    .reduce((one, other) => (other.took > one.took ? other : one));
  console.log(
    `100,000 characters of one thing: at most ${slowest.took.toFixed(1)} ms (${JSON.stringify(slowest.sign)})`,
  );
}

const odd = [
  ...[
    '1',
    '@',
    '下',
    '"',
    '“',
    '「',
    "'",
    'a',
    '(',
    ' ',
    '/',
    '.',
    ',',
    '半',
    '周',
    '十',
    '的',
    '开',
    '🎁',
    '1:',
    '1-',
  ],
  ...[
    'every ',
    '3点',
    '周四(',
    '会议',
    '投影和',
    '@a和',
    '今晚',
    '明天3点',
    '从明天起',
    'tomorrow 3pm ',
    'Alps ',
    '主题：',
  ],
];

function measure(utterances: Utterance[], rooms: readonly string[]): { median: number; p99: number } {
  for (const utterance of utterances) parse(utterance, rooms);
  const took = utterances.map((utterance) => quickest(() => parse(utterance, rooms))).sort((a, b) => a - b);
  const at = (part: number): number => took[Math.floor(took.length * part)] ?? Number.NaN;
  return { median: at(0.5), p99: at(0.99) };
}

/** The shortest of several runs: what the work takes where nothing else gets in its way. */
function quickest(work: () => unknown): number {
  const took = [0, 1, 2].map(() => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return Math.min(...took);
}
