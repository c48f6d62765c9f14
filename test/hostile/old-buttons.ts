import { buttonsOf, type SlackUser, textOf as slackText } from '../support/slack.ts';
import type { SlackMessage } from '../support/slack-edge.ts';
import { type TeamsMessage, type TeamsUser, textOf as teamsText } from '../support/teams.ts';
import { createWorld } from '../support/world.ts';
import { freshId, type Stage } from './stage.ts';

type Sent = { command: string; data: Record<string, string> };

/** A button of a card as it once stood in somebody's chat; `press` sends what it sent, and gives what is answered. */
export type OldButton = Sent & {
  of: string;
  on: 'Slack' | 'Teams';
  press(changed?: Record<string, string>): Promise<string>;
};

/** What is asked for beside a button, where it asks for anything. */
const askedFor = ({ program: { day } }: Stage) => ({ reason: 'No', text: 'Why?', minutes: '10', from: day });

/** All buttons that stand in somebody's chat in Slack now and do something. */
export async function slackButtons(stage: Stage, user: SlackUser): Promise<OldButton[]> {
  const { slack } = stage.program;
  const acting = await actingCommands();
  const messages = [...(await slack.chat(user)), ...slack.ephemerals(user)];
  return messages.flatMap((message) =>
    buttonsOf(message)
      .map(({ value = '{}' }): Sent => JSON.parse(value))
      .filter(({ command }) => acting.has(command))
      .map((sent) => ({
        ...sent,
        of: user.name,
        on: 'Slack',
        press: (changed = {}) =>
          pressInSlack(stage, user, message, { ...sent, data: { ...sent.data, ...changed } }),
      })),
  );
}

/** Sends from a message in Slack what a button there holds, or what somebody makes of it. @returns the answer */
export async function pressInSlack(
  stage: Stage,
  user: SlackUser,
  { channel, ts }: Pick<SlackMessage, 'channel' | 'ts'>,
  { command, data }: Sent,
): Promise<string> {
  const { slack } = stage.program;
  const value = JSON.stringify({ command, data: { ...askedFor(stage), ...data } });
  const [shown] = await Promise.all([
    slack.next(user),
    slack.interaction(user, {
      type: 'block_actions',
      container: {
        type: 'message',
        message_ts: ts,
        channel_id: channel,
        is_ephemeral: slack.ephemerals(user).some((it) => it.ts === ts),
      },
      channel: { id: channel, name: 'channel' },
      response_url: slack.responseUrl(user, channel, ts),
      actions: [{ type: 'button', action_id: 'a', block_id: 'b', value, action_ts: '1' }],
    }),
  ]);
  return slackText(shown.kind === 'view' ? shown.view : shown.message);
}

/** The same in Teams. */
export async function teamsButtons(stage: Stage, user: TeamsUser): Promise<OldButton[]> {
  const { teams } = stage.program;
  const acting = await actingCommands();
  return teams.messages(user).flatMap((message) =>
    actsIn(message.card)
      .filter(({ command }) => acting.has(command))
      .map((sent) => ({
        ...sent,
        of: user.name,
        on: 'Teams',
        press: (changed = {}) =>
          pressInTeams(stage, user, message, { ...sent, data: { ...sent.data, ...changed } }),
      })),
  );
}

/** The title of the first button on a card that sends a command with data that hold `id`, folded in or not. */
export function titleFor(node: unknown, command: string, id = ''): string | undefined {
  if (typeof node !== 'object' || node === null) return undefined;
  const title = Reflect.get(node, 'title');
  const sends = (act: Sent) => act.command === command && JSON.stringify(act.data).includes(id);
  if (`${Reflect.get(node, 'type')}`.startsWith('Action.') && actsIn(node).some(sends)) return title;
  for (const part of Object.values(node)) {
    const found = titleFor(part, command, id);
    if (found) return found;
  }
  return undefined;
}

function actsIn(node: unknown): Sent[] {
  if (typeof node !== 'object' || node === null) return [];
  const act = Reflect.get(node, 'act');
  if (typeof act?.command === 'string') return [act];
  return Object.values(node).flatMap(actsIn);
}

/** The same in Teams. `typed`: what stood in the inputs, as the client sends it. @returns the answer */
export async function pressInTeams(
  stage: Stage,
  user: TeamsUser,
  message: Pick<TeamsMessage, 'id'>,
  { command, data, ...more }: Sent,
  typed?: Record<string, unknown>,
): Promise<string> {
  const { teams } = stage.program;
  const act = { ...more, token: freshId(), command, data: { ...(!typed && askedFor(stage)), ...data } };
  const value = { action: { type: 'Action.Execute', verb: command, data: { ...typed, act } } };
  const invoke = teams.activity(user, { type: 'invoke', name: 'adaptiveCard/action', value });
  const before = teams.messages(user).length;
  const { status, text } = await stage.toTeams({ ...invoke, replyToId: message.id });
  if (status !== 200) throw new Error(`Teams was answered ${status}`);
  const below = teams.messages(user).slice(before);
  return [teamsText(JSON.parse(text).value), ...below.map((it) => teamsText(it.card))].join('\n');
}

let known: Set<string> | null = null;
/** The commands that may change something. */
export async function actingCommands(): Promise<Set<string>> {
  if (known) return known;
  const world = await createWorld();
  known = new Set([...world.registry.commands].filter(([, def]) => def.acts).map(([name]) => name));
  await world.stop();
  return known;
}
