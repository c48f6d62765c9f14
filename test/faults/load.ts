import { textOf as slackText } from '../support/slack-payloads.ts';
import { cardIn } from '../support/teams.ts';
import { textOf as teamsText } from '../support/teams-card.ts';
import type { Chance } from './chance.ts';
import type { Client } from './client.ts';
import { doings } from './deeds.ts';
import { type Answer, createDelivery, type Late } from './delivery.ts';
import type { Ledger } from './ledger.ts';
import type { Pace } from './pace.ts';
import type { Plan, Step } from './plan.ts';
import { createSlackClient } from './slack-client.ts';
import { createTeamsClient } from './teams-client.ts';
import { type Person, type World, zone } from './world.ts';

/** Everybody does what the plan says, each of them one thing after the other; resolves when the last copy is in. */
export async function runLoad(
  world: World,
  plan: Plan,
  pace: Pace,
  chance: Chance,
  ledger: Ledger,
): Promise<void> {
  const late: Late = new Set();
  const clients = new Map<string, Client>();
  const turns = new Map<string, Promise<void>>();

  const clientOf = (person: Person, draw: Chance): Client => {
    const platform = person.slack && (!person.teams || draw.happens(0.5)) ? 'slack' : 'teams';
    const key = `${person.name} at ${platform}`;
    const known = clients.get(key);
    if (known) return known;
    const client =
      platform === 'slack' && person.slack
        ? createSlackClient(world.slack, world.screens, person.slack)
        : createTeamsClient(world.teams, person.teams ?? missing(person));
    clients.set(key, client);
    return client;
  };

  async function take(step: Step): Promise<void> {
    const draw = chance.of(step.name);
    const reviews = step.deed === 'review' || step.deed === 'export';
    const among = reviews ? world.reviewers : [...world.hosts, ...world.reviewers];
    const person = among[Math.floor(step.who * among.length)] ?? missing(null);
    const client = clientOf(person, draw);
    const deliver = createDelivery(step.deliveries, {
      ledger,
      late,
      read: (answer) => readAnswer(ledger, answer),
    });
    const before = turns.get(client.name) ?? Promise.resolve();
    const mine = before.then(() =>
      doings[step.deed]({
        client,
        chance: draw,
        deliver,
        ledger,
        colleagues: colleaguesOf(world, person, client.platform),
        rooms: world.rooms,
        zone,
        now: world.bot.now,
      }),
    );
    turns.set(client.name, mine);
    await mine;
  }

  const all: Promise<void>[] = [];
  const failures: unknown[] = [];
  for (const step of plan.steps) {
    await pace.at(step.at);
    all.push(take(step).catch((cause) => void failures.push(cause)));
  }
  await Promise.all(all);
  while (late.size > 0) await Promise.all(late);
  if (failures.length > 0) throw failures[0];
}

/** Every answer is read, also one that came too late for the person who asked. */
function readAnswer(ledger: Ledger, answer: Answer): void {
  const card = cardIn(answer);
  const { view } = (answer.body || {}) as { view?: object };
  if (card) ledger.read(teamsText(card));
  else if (view) ledger.read(slackText(view));
}

/** What everybody has in their chats at the end is read too. */
export function readChats({ screens, slack, teams, hosts, reviewers }: World, ledger: Ledger): number {
  const cards = [...hosts, ...reviewers].flatMap((person) => [
    ...(person.slack
      ? screens.messages(person.slack.id).flatMap(({ first, now }) => [slackText(first), slackText(now)])
      : []),
    ...(person.teams
      ? teams.messages(person.teams).flatMap(({ sent, card }) => [teamsText(sent), teamsText(card)])
      : []),
  ]);
  for (const text of cards) ledger.read(text);
  return slack.posted.length + teams.all.length;
}

/** Whom somebody can invite there, by the ids of that platform. */
function colleaguesOf({ hosts }: World, person: Person, platform: Client['platform']): string[] {
  const others = hosts.filter((it) => it !== person);
  return others.flatMap(({ slack, teams }) =>
    platform === 'slack' ? (slack?.id ?? []) : (teams?.aadObjectId ?? []),
  );
}

function missing(person: Person | null): never {
  throw new Error(`${person?.name ?? 'nobody'} is on no platform`);
}
