import express from 'express';
import type { Act, Caller, Dispatch, Profile } from '../../src/chat/ports.ts';
import { createTeams, type Teams } from '../../src/chat/teams/index.ts';
import { createLogger } from '../../src/core/logger.ts';
import type { Answer, Card, Form } from '../../src/core/view.ts';
import { createReader } from '../../src/i18n/reader.ts';
import { listen } from './listen.ts';
import { startTeams, type TeamsWorld } from './teams.ts';

/*
 * The Teams adapter alone, between a Teams of our own and a Dispatch that knows a few answers and remembers
 * everything that it was asked.
 */

export const reader = createReader('en', 'Asia/Taipei', Date.UTC(2026, 10, 24));
const live = { view: 'booking.card', subject: 'booking:7', revision: 1, data: {} };

export const card: Card = {
  layout: 'booking',
  tone: 'warning',
  title: 'B-7',
  actions: [
    { kind: 'command', label: 'Withdraw', command: 'booking.withdraw', data: { booking: '7' } },
    { kind: 'command', label: 'Show', command: 'booking.show', data: {}, answer: 'new' },
    {
      kind: 'command',
      label: 'Reject',
      command: 'approval.reject',
      data: { booking: '7' },
      ask: {
        title: 'Why?',
        submit: 'Reject it',
        cancel: 'Cancel',
        fields: [{ kind: 'text', name: 'reason', label: 'Reason', required: true }],
      },
    },
  ],
};
export const form = (other: Partial<Form> = {}): Form => ({
  layout: 'booking',
  title: 'Book a room',
  command: 'booking.request',
  submit: 'Send',
  cancel: 'Cancel',
  data: { token: 'form-1' },
  fields: [
    { kind: 'text', name: 'topic', label: 'Topic', required: true },
    { kind: 'people', name: 'attendees', label: 'Attendees', multiple: true },
  ],
  ...other,
});

const answers = (): Record<string, Answer> => ({
  book: { kind: 'form', form: form() },
  show: { kind: 'card', card, live },
  help: { kind: 'note', tone: 'neutral', text: 'Type **/book**' },
  welcome: { kind: 'card', card: { ...card, title: 'Hello' } },
  'booking.show': { kind: 'card', card: { ...card, title: 'Shown anew' } },
  'booking.withdraw': {
    kind: 'card',
    card: { ...card, title: 'B-7', badge: 'Withdrawn', actions: [] },
    live,
  },
  'booking.request': { kind: 'card', card, live },
  'approval.reject': { kind: 'note', tone: 'bad', text: 'Ben decided first' },
});

export type Heard =
  | { what: 'say'; caller: Caller; text: string; id: string }
  | { what: 'act'; caller: Caller; act: Act; id: string }
  | { what: 'arrive'; caller: Caller }
  | { what: 'found'; profile: Profile }
  | { what: 'suggest'; source: string; query: string }
  | { what: 'away'; userId: string; tenant: string; why: string };

export type Place = { conversation: string; message: string };

export type TeamsBot = {
  world: TeamsWorld;
  teams: Teams;
  /** What dispatch was asked, and where live cards were shown, since `forget`. */
  heard: Heard[];
  shown: Place[];
  /** What dispatch answers to a word or command. */
  answers: Record<string, Answer>;
  dispatch: Dispatch;
  /** The last thing of a kind that dispatch was asked. @throws where there is none. */
  last<K extends Heard['what']>(what: K): Extract<Heard, { what: K }>;
  forget(): void;
  stop(): Promise<void>;
};

export async function startTeamsBot(): Promise<TeamsBot> {
  const world = await startTeams();
  let tokens = 0;
  const parts = { logger: createLogger('silent'), language: 'en', token: () => `t${tokens++}` } as const;
  const bot = { world, heard: [], shown: [], answers: answers() } as Pick<
    TeamsBot,
    'world' | 'heard' | 'shown' | 'answers'
  >;
  const dispatch = createDispatch(bot);
  const teams = createTeams({ ...parts, config: world.config, dispatch });
  const server = await listen(express().use(teams.router));
  world.connect(server.url);
  return Object.assign(bot, {
    teams,
    dispatch,
    last<K extends Heard['what']>(what: K): Extract<Heard, { what: K }> {
      const found = bot.heard.findLast((it): it is Extract<Heard, { what: K }> => it.what === what);
      if (!found) throw new Error(`no ${what} among ${bot.heard.map((it) => it.what).join(', ')}`);
      return found;
    },
    forget() {
      bot.heard.length = 0;
      bot.shown.length = 0;
      bot.answers = answers();
    },
    stop: async () => {
      await server.stop();
      await world.stop();
    },
  });
}

function createDispatch(bot: Pick<TeamsBot, 'heard' | 'shown' | 'answers'>): Dispatch {
  const { heard, shown } = bot;
  const done = new Set<string>();
  const answer = async (key: string, id: string) => {
    const repeated = done.has(id);
    done.add(id);
    return {
      answer: bot.answers[key] ?? { kind: 'note', tone: 'bad', text: `Unknown: ${key}` },
      reader,
      repeated,
      shown: async (at: Place) => void shown.push(at),
    } as const;
  };
  return {
    say: async (caller, text, id) => {
      heard.push({ what: 'say', caller, text, id });
      if (text.startsWith('who ')) heard.push({ what: 'found', profile: await caller.lookup(text.slice(4)) });
      return answer(text, id);
    },
    act: (caller, act, id) => {
      heard.push({ what: 'act', caller, act, id });
      return answer(act.command, id);
    },
    suggest: async (_caller, source, query) => {
      heard.push({ what: 'suggest', source, query });
      return [{ value: 'r1', label: 'Aurora', description: '12 people' }];
    },
    arrive: async (caller, id) => {
      const first = !heard.some(({ what }) => what === 'arrive');
      heard.push({ what: 'arrive', caller });
      return first ? answer('welcome', id) : null;
    },
    turnedAway: async ({ userId, tenant, why }) => void heard.push({ what: 'away', userId, tenant, why }),
  };
}
