/** A host that did not answer, and by which code that is known. */
export class Unreached extends Error {
  readonly host: string;
  readonly code: string;
  constructor(host: string, code: string) {
    super(`${host} could not be reached (${code})`);
    this.host = host;
    this.code = code;
  }
}

export type Told = {
  status: number;
  headers: Headers;
  /** The body as JSON; null where it is none. */
  json: unknown;
  text: string;
};

/** How far a host's clock is ahead of ours, in milliseconds. */
export type Skew = { host: string; ms: number };

const patienceMs = 8_000;

/**
 * Asks once, follows no redirect, and notes by the way how the host's clock goes.
 * @throws Unreached
 */
export async function ask(url: string, init: RequestInit, skews: Skew[]): Promise<Told> {
  const { host } = new URL(url);
  const begun = Date.now();
  try {
    const response = await fetch(url, {
      redirect: 'manual',
      ...init,
      signal: AbortSignal.timeout(patienceMs),
    });
    const date = Date.parse(response.headers.get('date') ?? '');
    // It is cut to whole seconds, and was written somewhere between our asking and now.
    if (!Number.isNaN(date)) skews.push({ host, ms: date + 500 - (begun + Date.now()) / 2 });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: readJson(text) };
  } catch (cause) {
    throw new Unreached(host, codeOf(cause));
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** `fetch` hides what happened one level down. */
function codeOf(cause: unknown): string {
  for (let it = cause; typeof it === 'object' && it !== null; it = Reflect.get(it, 'cause')) {
    const code: unknown = Reflect.get(it, 'code');
    if (typeof code === 'string') return code;
  }
  return cause instanceof Error ? cause.name : 'unknown';
}
