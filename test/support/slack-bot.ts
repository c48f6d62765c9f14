import express from 'express';
import type { Act, Answered, Caller, Dispatch } from '../../src/chat/ports.ts';
import { createSlack, type Installation, type Slack, type SlackOptions } from '../../src/chat/slack/index.ts';
import { createLogger } from '../../src/core/logger.ts';
import type { Answer } from '../../src/core/view.ts';
import { createReader } from '../../src/i18n/reader.ts';
import { type Listening, listen } from './listen.ts';
import type { SlackWorld } from './slack.ts';

export const reader = createReader('en', 'Europe/Berlin', Date.UTC(2026, 10, 24, 9));

export const note = (text: string): Answer => ({ kind: 'note', tone: 'bad', text });

/** What is behind the adapter in its tests: answers what the test lays out, and keeps what came in. */
export type Desk = {
  dispatch: Dispatch;
  /** What is answered from now on. */
  answer: Answer;
  repeated: boolean;
  /** Answers wait for this. */
  slow: Promise<void> | null;
  said: { caller: Caller; text: string; id: string }[];
  acts: { act: Act; id: string }[];
  turnedAway: object[];
  /** Where live cards were shown. */
  shown: object[];
  clear(): void;
};

export function createDesk(): Desk {
  const empty = () => ({
    answer: note('nothing laid out'),
    repeated: false,
    slow: null,
    said: [],
    acts: [],
    turnedAway: [],
    shown: [],
  });
  const answered = async (): Promise<Answered> => {
    await desk.slow;
    return {
      answer: desk.answer,
      reader,
      repeated: desk.repeated,
      shown: async (at) => {
        desk.shown.push(at);
      },
    };
  };
  const dispatch: Dispatch = {
    say(caller, text, id) {
      desk.said.push({ caller, text, id });
      return answered();
    },
    act(_, act, id) {
      desk.acts.push({ act, id });
      return answered();
    },
    async suggest(_, source, query) {
      if (query === 'broken') throw new Error('no options today');
      return [{ value: 'r1', label: `${source}: ${query}` }];
    },
    async arrive(caller, id) {
      const first = desk.said.every((it) => it.caller.userId !== caller.userId);
      desk.said.push({ caller, text: 'arrived', id });
      return first ? answered() : null;
    },
    async turnedAway(at) {
      desk.turnedAway.push(at);
    },
  };
  const desk: Desk = { ...empty(), dispatch, clear: () => Object.assign(desk, empty()) };
  return desk;
}

export type SlackBot = {
  slack: Slack;
  /** Installations kept, by tenant. */
  kept: Map<string, Installation>;
  /** Has `world` send here, and no longer to a bot that was started since. */
  connect(): void;
  stop(): Promise<void>;
};

/** The adapter alone, with `desk` behind it, listening where `world` sends. */
export async function startSlackBot(
  world: SlackWorld,
  desk: Desk,
  other: Partial<SlackOptions> = {},
): Promise<SlackBot> {
  const kept = new Map<string, Installation>();
  const slack = createSlack({
    config: world.config,
    dispatch: desk.dispatch,
    installations: {
      save: async (it) => {
        kept.set(it.tenant, it);
      },
      fetch: async (tenant) => kept.get(tenant) ?? null,
      remove: async (tenant) => {
        kept.delete(tenant);
      },
    },
    language: 'en',
    publicUrl: null,
    logger: createLogger('silent'),
    now: Date.now,
    ...other,
  });
  await slack.start();
  const server: Listening | null = slack.router && (await listen(express().use(slack.router)));
  const connect = () => {
    if (server) world.connect(server.url);
  };
  connect();
  return {
    slack,
    kept,
    connect,
    async stop() {
      await slack.stop();
      await server?.stop();
    },
  };
}
