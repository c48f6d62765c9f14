import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { listen } from '../test/support/listen.ts';
import { startIssuer } from '../test/support/teams-issuer.ts';
import { atPace, type Measured, perSecond, startMeasured } from './load/measured.ts';
import { slotOf, tenants } from './load/organisation.ts';
import type { Mode, Setting } from './load/protocol.ts';
import { type Sending, slackRequests, teamsRequests } from './load/requests.ts';
import { inFolder, spreadOf } from './measure.ts';
import { keep } from './results.ts';

const rounds = 5;
const requests = 500;
/** Fewer, so that the requests that were made last for all rounds. */
const decisions = 300;
const atOnce = 50;
/** Of the share that the empty handler reaches. */
const throughput = { unit: 'a second', bar: 0.6, holds: 'ratio at least' } as const;

type Requests = ReturnType<typeof slackRequests> | ReturnType<typeof teamsRequests>;

/**
 * Bookings and approvals from the signed request to the answer after the commit, in a process of its own, beside
 * handlers that answer at once. What follows from the outbox is measured by `delivery`.
 */
export const load = (): Promise<void> =>
  inFolder(async (folder) => {
    const edges = await startEdges();
    const start = (mode: Mode, isDone: (answer: string) => boolean = () => true) =>
      startMeasured({ ...edges.setting, mode, databasePath: join(folder, 'bench.sqlite') }, isDone);
    const ours = await start('ours', (answer) => !/went wrong|too fast|out of date|"errors"/i.test(answer));
    const [bolt, express, adapter] = [await start('bolt'), await start('express'), await start('adapter')];
    const { slack, teams } = edges;

    let asked = 0;
    const bookings =
      (platform: Requests, count = requests) =>
      async (): Promise<Sending[]> =>
        Array.from({ length: count }, () => platform.book(asked, ours.rooms[slotOf(asked++).room] ?? ''));
    const approvals = (platform: Requests) => async (): Promise<Sending[]> =>
      (await ours.pending(decisions)).map(({ booking, room }) =>
        platform.approve(booking, ours.rooms.indexOf(room)),
      );

    const beside = async (name: string, make: () => Promise<Sending[]>, others: Record<string, Measured>) => {
      const figures = await inTurn([ours, ...Object.values(others)], make);
      const [value, ...references] = figures.map(spreadOf);
      for (const [n, other] of Object.keys(others).entries()) {
        const reference = references[n];
        if (value && reference) keep({ name, value, beside: other, reference, ...throughput });
      }
    };
    const acknowledging = { 'the same receiver, only acknowledging': bolt };
    const answering = { 'an adapter that answers at once': adapter };
    await beside('bookings through Slack', bookings(slack), acknowledging);
    await beside('approvals through Slack', approvals(slack), acknowledging);
    await beside('bookings through Teams', bookings(teams), answering);
    await beside('approvals through Teams', approvals(teams), answering);
    const bare = await inTurn([bolt, express], bookings(slack));
    console.log(
      `     for comparison: ${bare.map((it) => spreadOf(it).median.toFixed(0)).join(' acknowledged by Bolt, ')} by Express with the same check of the signature`,
    );

    const pace = Math.round(spreadOf((await inTurn([ours], bookings(slack)))[0] ?? []).median / 2);
    await latency(pace, ours, bolt, bookings(slack));
    for (const it of [ours, bolt, express, adapter]) it.stop();
    await edges.stop();
  });

/** How many a second each answers, round after round, after one to warm up. */
async function inTurn(those: readonly Measured[], make: () => Promise<Sending[]>): Promise<number[][]> {
  const figures = those.map((): number[] => []);
  for (let round = 0; round <= rounds; round++)
    for (const [n, it] of those.entries()) {
      const figure = await perSecond(it, await make(), atOnce);
      if (round > 0) figures[n]?.push(figure);
    }
  return figures;
}

/** How long an answer takes at half load. */
async function latency(pace: number, ours: Measured, bolt: Measured, make: () => Promise<Sending[]>) {
  const quantiles = { p50: 0.5, p99: 0.99 };
  const figures = {
    ours: { p50: [] as number[], p99: [] as number[] },
    bolt: { p50: [] as number[], p99: [] as number[] },
  };
  for (let round = 0; round < rounds; round++)
    for (const [name, it] of Object.entries({ ours, bolt }) as ['ours' | 'bolt', Measured][]) {
      const took = await atPace(it, await make(), pace);
      for (const [which, share] of Object.entries(quantiles) as ['p50' | 'p99', number][])
        figures[name][which].push(took[Math.floor(took.length * share)] ?? 0);
    }
  for (const [which, bar] of [
    ['p50', 2],
    ['p99', 3],
  ] as const)
    keep({
      name: `time to the answer at half load, ${which}`,
      unit: 'ms',
      value: spreadOf(figures.ours[which]),
      beside: 'the same receiver, only acknowledging',
      reference: spreadOf(figures.bolt[which]),
      bar,
      holds: 'ratio at most',
    });
}

/** Slack's API and Teams' token issuer, which answer at once, and requests that are signed for them. */
async function startEdges() {
  const signingSecret = randomUUID();
  const [appId, appPassword] = [randomUUID(), randomUUID()];
  const issuer = await startIssuer(appId, appPassword);
  const known = { team_id: tenants.slack, user_id: 'UBOT', bot_id: 'B1', channel: 'D0', ts: '1.1', id: '1' };
  const chat = await listen((request, response) => {
    request.resume();
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ ok: true, ...known }));
  });
  const { metadataUrl } = issuer;
  const setting: Omit<Setting, 'mode' | 'databasePath'> = {
    signingSecret,
    apiUrl: `${chat.url}/api`,
    teams: { appId, appPassword, metadataUrl, issuer: issuer.issuer },
  };
  return {
    setting,
    slack: slackRequests(signingSecret, chat.url),
    teams: teamsRequests({ appId, token: issuer.sign({ serviceurl: chat.url }), serviceUrl: chat.url }),
    stop: () => Promise.all([issuer.stop(), chat.stop()]),
  };
}
