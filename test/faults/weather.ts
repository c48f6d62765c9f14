import type { Call, Failure } from '../support/slack-edge.ts';
import type { Trouble } from '../support/teams-connector.ts';
import type { Chance } from './chance.ts';

/** In which ways a call may go wrong. */
export const mishaps = [
  'answered 429',
  'answered 500',
  'answered late',
  'answered too late',
  'closed the connection, did nothing',
  'took it, closed the connection',
  'took it, answered 500',
] as const;
export type Mishap = (typeof mishaps)[number];

export type Weather = {
  /** The probability that a call goes wrong, from now on. */
  set(probability: number): void;
  probability(): number;
  slack(call: Call): Omit<Failure, 'method'> | undefined;
  teams(request: { method: string; path: string }): Trouble | undefined;
  /** How often each came, by platform. */
  counts: Record<'slack' | 'teams', Record<Mishap, number>>;
};

export const fair = 0.06;
export const foul = 0.35;

/** Messages fail so many times as often as other calls, for it is they that may not be lost. */
const moreForMessages = 2;

/** One in so many of those that are late is later than the bot waits for. */
const tooLate = 12;

export function createWeather(chance: Chance): Weather {
  let probability = 0;
  const none = () => Object.fromEntries(mishaps.map((name) => [name, 0])) as Record<Mishap, number>;
  const counts = { slack: none(), teams: none() };

  function trouble(platform: 'slack' | 'teams', draw: Chance, isMessage: boolean): Trouble | undefined {
    // Both are drawn always, so that a change of the weather moves nothing that comes after it.
    const [hit, which, much] = [draw.next(), draw.next(), draw.next()];
    if (hit >= probability * (isMessage ? moreForMessages : 1)) return undefined;
    const kind = mishapAt(which, much);
    counts[platform][kind] += 1;
    return troubleOf(kind, much);
  }

  const draws = { slack: chance.of('slack'), teams: chance.of('teams') };
  return {
    set: (value) => {
      probability = value;
    },
    probability: () => probability,
    slack: ({ method }) => trouble('slack', draws.slack, method.startsWith('chat.')),
    teams: ({ path }) => trouble('teams', draws.teams, path.includes('/activities')),
    counts,
  };
}

function mishapAt(which: number, much: number): Mishap {
  if (which < 0.2) return 'answered 429';
  if (which < 0.35) return 'answered 500';
  if (which < 0.5) return much < 1 / tooLate ? 'answered too late' : 'answered late';
  if (which < 0.6) return 'closed the connection, did nothing';
  return which < 0.85 ? 'took it, closed the connection' : 'took it, answered 500';
}

function troubleOf(kind: Mishap, much: number): Trouble {
  switch (kind) {
    case 'answered 429':
      return { status: 429, retryAfter: 1 + Math.floor(much * 3) };
    case 'answered 500':
      return { status: 500 };
    case 'answered late':
      return { lateMs: 300 + Math.round(much * 3_500) };
    case 'answered too late':
      return { lateMs: 10_500 };
    case 'closed the connection, did nothing':
      return { cut: true };
    case 'took it, closed the connection':
      return { lost: true, cut: true };
    case 'took it, answered 500':
      return { lost: true, status: 500 };
  }
}
