import type { IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { listen } from './listen.ts';

export type Recorded = { path: string; type: string; body: string };

export type Recorder = {
  url: string;
  /** What was sent while `keep` ran. It reached nobody: who sends hears a 418. */
  keep(send: () => Promise<unknown>): Promise<Recorded>;
  stop(): Promise<void>;
};

/** Stands in front of the program at its HTTP edge, to get hold of a real request before it is delivered. */
export async function startRecorder(target: () => string): Promise<Recorder> {
  let kept: Recorded[] | null = null;
  const served = await listen(async (request, response) => {
    const body = await text(request);
    const path = request.url ?? '/';
    if (kept) {
      kept.push({ path, type: request.headers['content-type'] ?? '', body });
      return response.writeHead(418).end();
    }
    const answer = await fetch(`${target()}${path}`, {
      method: request.method ?? 'GET',
      headers: passed(request.headers),
      ...(request.method === 'POST' && { body }),
    });
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' });
    return response.end(await answer.text());
  });
  return {
    ...served,
    async keep(send) {
      kept = [];
      const [first] = await Promise.all([kept, send().catch(() => {})]);
      kept = null;
      const [only] = first;
      if (!only) throw new Error('nothing was sent');
      return only;
    },
  };
}

const passed = ({ host: _, connection: __, ...headers }: IncomingHttpHeaders): [string, string][] =>
  Object.entries(headers)
    .filter(([name]) => !['content-length', 'transfer-encoding', 'keep-alive'].includes(name))
    .map(([name, value]) => [name, `${value}`]);
