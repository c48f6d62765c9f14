import Database from 'better-sqlite3';
import { changedTables, type Digest, digest } from '../support/digest.ts';
import { eventually } from '../support/eventually.ts';
import { buttonsOf, type Shown, type SlackMessage, type SlackUser } from '../support/slack.ts';
import { type Filled, stateOf } from '../support/slack-payloads.ts';
import type { TeamsMessage, TeamsUser } from '../support/teams.ts';
import type { Inputs } from '../support/teams-card.ts';
import { idle, leaksIn } from './judge.ts';
import {
  type OldButton,
  pressInSlack,
  pressInTeams,
  slackButtons,
  teamsButtons,
  titleFor,
} from './old-buttons.ts';
import { slackForm, teamsForm, typed } from './old-forms.ts';
import type { Stage } from './stage.ts';

/** What may go on by itself. */
const moving = ['outbox', 'live_card', 'inbox', 'deployment', 'person'];

/** A hand-over is asked for in a form, whose person is looked at first. */
const nobodyChosen = /choose who is to take it over/;

/** Those that send one of these commands. */
export const named = (buttons: readonly OldButton[], ...commands: string[]): OldButton[] =>
  buttons.filter(({ command }) => commands.includes(command));

/** Those in the chat of somebody of this name. */
export const by = (of: string, buttons: readonly OldButton[]): OldButton[] =>
  buttons.filter((it) => it.of === of);

/** Those about a booking. */
export const about = (buttons: readonly OldButton[], booking: string): OldButton[] =>
  buttons.filter(({ data }) => data.booking === booking);

/** Everybody at their clients, pressing what stands in their chats now and what stood there once. */
export function createPressing(stage: Stage) {
  const { program } = stage;
  const db = new Database(program.databasePath, { readonly: true });
  const waits = db
    .prepare<[number], string>(
      "SELECT name FROM outbox WHERE state IN ('waiting', 'sending') AND due_at <= ?",
    )
    .pluck();
  /** What people are to be told and what is to be done later, but for cards that are only brought up to date. */
  const told = db
    .prepare<[], string>(
      "SELECT json_array(id, state = 'withdrawn') FROM outbox WHERE kind <> 'refresh' ORDER BY id",
    )
    .pluck();
  const state = (): Digest => ({ ...digest(db, moving), told: told.all().join() });
  const pressed = new Set<string>();
  /** The forms in Slack that were sent or left open. */
  const used = new Set<string>();
  /** Waits for one to which a click leads: a message that arrives meanwhile may be taken for what it led to. */
  const opened = (user: SlackUser, filled: Filled): Promise<void> =>
    eventually(() => {
      const view = program.slack.view(user);
      stateOf(view, filled);
      if (used.has(view.id)) throw new Error(`${user.name} has no new form`);
      used.add(view.id);
    });

  const pressing = {
    /** What `wrongAmong` has sent just as it stood: `draft.book in Slack` … */
    pressed,

    /** All buttons that do something and stand in anybody's chat now. */
    all: async (): Promise<OldButton[]> =>
      (
        await Promise.all([
          ...Object.values(stage.slack).map((user) => slackButtons(stage, user)),
          ...Object.values(stage.teams).map((user) => teamsButtons(stage, user)),
        ])
      ).flat(),

    /** Those for these commands, or for any, that stand in the chats when everybody has been told. */
    async standing(...commands: string[]): Promise<OldButton[]> {
      await pressing.settled();
      const all = await pressing.all();
      return commands.length > 0 ? named(all, ...commands) : all;
    },

    /** Waits until everybody has been told everything: what comes of itself is no answer to a click. */
    async settled(): Promise<void> {
      await eventually(() => {
        const left = waits.all(program.now());
        if (left.length > 0) throw new Error(`not told yet: ${left}`);
      });
      await idle(stage, 50);
    },

    /**
     * Presses all of them.
     * @param changed what is sent in the place of what the button holds
     * @param its tables that may change: of what they keep for themselves
     * @returns which were not refused as `says` has it, changed something, or (`changed`) showed what is others'
     */
    async wrongAmong(
      buttons: readonly OldButton[],
      says: RegExp,
      changed?: Record<string, string>,
      its: readonly string[] = [],
    ): Promise<string[]> {
      if (buttons.length === 0) return ['there is nothing to press'];
      await pressing.settled();
      const wrong: string[] = [];
      let before = state();
      for (const button of distinct(buttons)) {
        if (!changed) pressed.add(`${button.command} in ${button.on}`);
        const answer = await button.press(changed);
        const after = state();
        const tables = changedTables(before, after).filter((it) => !its.includes(it));
        before = after;
        const name = `${button.command} by ${button.of}`;
        if (tables.length > 0) wrong.push(`${name} changed ${tables}`);
        if (!says.test(answer) && !nobodyChosen.test(answer)) wrong.push(`${name} was answered: ${answer}`);
        if (changed && leaksIn(stage, answer).length > 0)
          wrong.push(`${name} shows ${leaksIn(stage, answer)}`);
      }
      return [...new Set(wrong)];
    },

    /** Clicks the newest button for a command whose data hold `id`, in Slack. */
    async click(user: SlackUser, command: string, id = ''): Promise<Shown> {
      const { slack } = program;
      const has: Has = ({ value = '' }) => value.includes(`"${command}"`) && value.includes(id);
      const message = await eventually(async () => {
        const found = [...(await slack.chat(user)), ...slack.ephemerals(user)].findLast((it) =>
          buttonsOf(it).some(has),
        );
        return found ?? Promise.reject(new Error(`${user.name} has no button for ${command}`));
      });
      const label = buttonsOf(message).find(has)?.text.text ?? '';
      return slack.click(user, label, { ...message, blocks: blocksWith(message, has) });
    },

    /** The same, with what it asks for. */
    async press(user: SlackUser, command: string, filled: Filled = {}, id = ''): Promise<void> {
      const shown = await pressing.click(user, command, id);
      if (shown.kind !== 'view' && Object.keys(filled).length === 0) return;
      await opened(user, filled);
      if ('errors' in (await program.slack.submit(user, filled))) throw new Error(`${command} was not taken`);
    },

    /** The newest message with a button for a command whose data hold `id`, in Teams. */
    having: (user: TeamsUser, command: string, id = ''): Promise<TeamsMessage> =>
      eventually(() => {
        const found = program.teams.messages(user).findLast((it) => titleFor(it.card, command, id));
        return found ?? Promise.reject(new Error(`${user.name} has no button for ${command}`));
      }),

    /** Presses it, with what it asks for. */
    async pressInTeams(user: TeamsUser, command: string, inputs: Inputs = {}, id = ''): Promise<void> {
      const message = await pressing.having(user, command, id);
      const title = titleFor(message.card, command, id) ?? '';
      const { status } = await program.teams.click(user, message, title, inputs);
      if (status !== 200) throw new Error(`Teams was answered ${status}`);
    },

    /** The form that somebody has open in Slack, filled in, to be sent when things have gone on. */
    async formInSlack(user: SlackUser, filled: Filled = {}): Promise<OldButton> {
      await opened(user, filled);
      return slackForm(stage, user, filled);
    },

    /** The same in Teams, in the newest message with one for a command. */
    formInTeams: async (user: TeamsUser, command: string, inputs?: Inputs, id = ''): Promise<OldButton> =>
      teamsForm(stage, user, await pressing.having(user, command, id), command, inputs),

    /** A line that somebody types when things have gone on, to the bot or in a channel; it leads to a command. */
    line: (user: SlackUser | TeamsUser, command: string, text: string, channel = false): OldButton =>
      typed(stage, user, { command, text, channel }),

    /** The same buttons as somebody else sends them, who never had them: those of the stage's attackers. */
    async stolen(buttons: readonly OldButton[]): Promise<OldButton[]> {
      const { mallory } = stage.slack;
      const { mallet } = stage.teams;
      const message = [...(await program.slack.chat(mallory)), ...program.slack.ephemerals(mallory)].at(-1);
      if (!message) throw new Error('mallory has no message to click on');
      const sentBy = (sent: OldButton, changed = {}) => ({ ...sent, data: { ...sent.data, ...changed } });
      return buttons.flatMap((it) => [
        {
          ...it,
          of: 'mallory',
          on: 'Slack',
          press: (changed) => pressInSlack(stage, mallory, message, sentBy(it, changed)),
        },
        {
          ...it,
          of: 'Mallet',
          on: 'Teams',
          press: (changed) => pressInTeams(stage, mallet, program.teams.last(mallet), sentBy(it, changed)),
        },
      ]);
    },

    close: () => db.close(),
  };
  return pressing;
}

/** A button that stands on several cards is pressed on the first. */
const distinct = (buttons: readonly OldButton[]): OldButton[] =>
  [
    ...new Map(buttons.toReversed().map((it) => [JSON.stringify([it.of, it.command, it.data]), it])).values(),
  ].toReversed();

type Has = (button: { value?: string }) => boolean;

/** Of a list, only the buttons that are meant. */
const blocksWith = ({ blocks }: SlackMessage, has: Has): SlackMessage['blocks'] =>
  blocks.flatMap((block) =>
    block.type === 'actions'
      ? [{ ...block, elements: block.elements.filter((it) => it.type === 'button' && has(it)) }]
      : [],
  );

export type Pressing = ReturnType<typeof createPressing>;
