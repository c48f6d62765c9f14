import { type SlackUser, textOf } from '../support/slack.ts';
import { type Filled, stateOf } from '../support/slack-payloads.ts';
import { type TeamsMessage, type TeamsUser, textOf as textInTeams } from '../support/teams.ts';
import { type Inputs, press } from '../support/teams-card.ts';
import { type OldButton, pressInTeams, titleFor } from './old-buttons.ts';
import type { Stage } from './stage.ts';

/** The form that somebody has open in Slack, filled in, to be sent when things have gone on. */
export function slackForm(stage: Stage, user: SlackUser, filled: Filled = {}): OldButton {
  const { slack } = stage.program;
  const view = slack.view(user);
  const { command, data, ...from } = JSON.parse(view.private_metadata ?? '{}');
  return {
    command,
    data,
    of: user.name,
    on: 'Slack',
    async press(changed = {}) {
      const metadata = JSON.stringify({ ...from, command, data: { ...data, ...changed } });
      const sent = { ...view, private_metadata: metadata, state: stateOf(view, filled), team_id: slack.team };
      const shown = slack.next(user).then((it) => textOf(it.kind === 'view' ? it.view : it.message));
      const answered = slack
        .interaction(user, { type: 'view_submission', view: sent })
        .then(({ body }) => (body as Reply) || {})
        .then(({ errors, view }) => (errors ? Object.values(errors).join() : view ? textOf(view) : ''))
        // Closed, or told to wait: the answer comes by itself.
        .then((text) => (text === '' || text.includes('still working on it') ? shown : text));
      return Promise.race([answered, shown]);
    },
  };
}

type Reply = { errors?: Record<string, string>; view?: object };

/** A form that stands in somebody's chat in Teams, filled in, to be sent when things have gone on. */
export function teamsForm(
  stage: Stage,
  user: TeamsUser,
  message: TeamsMessage,
  command: string,
  inputs: Inputs = {},
): OldButton {
  const { act, ...typed } = press(message.card, titleFor(message.card, command) ?? '', inputs).data;
  const sent = act as { command: string; data: Record<string, string> };
  return {
    ...sent,
    of: user.name,
    on: 'Teams',
    press: (changed = {}) =>
      pressInTeams(stage, user, message, { ...sent, data: { ...sent.data, ...changed } }, typed),
  };
}

/** A line that somebody types, in their chat with the bot or in a channel, when things have gone on. */
export function typed(
  stage: Stage,
  user: SlackUser | TeamsUser,
  { command, text, channel }: { command: string; text: string; channel: boolean },
): OldButton {
  const { slack, teams } = stage.program;
  const line = { command, data: {}, of: user.name };
  if ('chat' in user)
    return {
      ...line,
      on: 'Slack',
      async press() {
        const isWord = text.startsWith('/');
        const shown = await (isWord
          ? slack.command(user, text, channel ? undefined : user.chat)
          : slack.say(user, text));
        return textOf(shown.kind === 'view' ? shown.view : shown.message);
      },
    };
  return {
    ...line,
    on: 'Teams',
    async press() {
      const before = teams.messages(user).length;
      await teams.say(user, text, { channel });
      const below = teams.messages(user).slice(before);
      return below.map((it) => textInTeams(it.card)).join('\n');
    },
  };
}
