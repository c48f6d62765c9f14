import type { SlackUser, SlackWorld } from '../support/slack.ts';
import type { SlackMessage, SlackView } from '../support/slack-edge.ts';
import { buttonsOf, inputsOf, stateOf, textOf } from '../support/slack-payloads.ts';
import { type CardInHand, type Client, type Filled, patience } from './client.ts';
import type { Answer, Deliver } from './delivery.ts';
import type { Screens } from './screens.ts';

/** Somebody at Slack. Every copy of a request carries the same trigger, as Slack's own copies do. */
export function createSlackClient(slack: SlackWorld, screens: Screens, user: SlackUser): Client {
  const ephemeral = ({ ts }: SlackMessage) => slack.ephemerals(user).some((it) => it.ts === ts);

  async function submit(view: SlackView, filled: Filled, deliver: Deliver): Promise<Answer | null> {
    const fields = inputsOf(view);
    const known = Object.fromEntries(Object.entries(filled).filter(([field]) => fields.has(field)));
    const payload = {
      type: 'view_submission',
      trigger_id: await slack.trigger(user),
      view: { ...view, state: stateOf(view, known), team_id: slack.team },
    };
    return deliver(() => slack.interaction(user, payload));
  }

  /** Sends a form; what it turns into, at once or, where that says "working", a little later. */
  async function answerTo(view: SlackView, filled: Filled, deliver: Deliver): Promise<string | null> {
    const later = screens.next(user.id, (shown) => shown.kind === 'view', patience);
    const answer = await submit(view, filled, deliver);
    if (!answer) return null;
    const { view: next, errors } = (answer.body || {}) as { view?: SlackView; errors?: object };
    if (errors) return null;
    const text = next ? textOf(next) : '';
    if (!/working/i.test(text)) return text;
    const shown = await later;
    return shown?.kind === 'view' ? textOf(shown.view) : null;
  }

  const inHand = (message: SlackMessage): CardInHand => ({
    text: textOf(message),
    buttons: buttonsOf(message).map((button) => button.text.text),
    async press(label, filled, deliver) {
      const button = buttonsOf(message).find(({ text }) => text.text === label);
      if (!button) throw new Error(`no button "${label}"`);
      const { channel, ts } = message;
      const payload = {
        type: 'block_actions',
        trigger_id: await slack.trigger(user),
        container: { type: 'message', message_ts: ts, channel_id: channel, is_ephemeral: ephemeral(message) },
        channel: { id: channel, name: 'channel' },
        response_url: slack.responseUrl(user, channel, ts),
        actions: [{ ...button, block_id: 'b', action_ts: '1' }],
      };
      const led = screens.next(user.id, answers(ts), patience);
      if (!(await deliver(() => slack.interaction(user, payload)))) return null;
      const shown = await led;
      if (shown?.kind === 'message') return textOf(shown.message);
      if (shown?.kind !== 'view') return null;
      const changed = screens.next(user.id, answers(ts), patience);
      const closed = await answerTo(shown.view, filled, deliver);
      if (closed !== '') return closed;
      const then = await changed;
      return then?.kind === 'message' ? textOf(then.message) : null;
    },
  });

  return {
    name: user.name,
    platform: 'slack',
    async book(filled, deliver) {
      const opened = screens.next(user.id, (shown) => shown.kind === 'view', patience);
      const typed = {
        command: '/book',
        text: '',
        team_id: slack.team,
        user_id: user.id,
        channel_id: 'C000000001',
        trigger_id: await slack.trigger(user),
        response_url: slack.responseUrl(user, 'C000000001'),
      };
      const form = { 'content-type': 'application/x-www-form-urlencoded' };
      if (!(await deliver(() => slack.post(`${new URLSearchParams(typed)}`, form)))) return null;
      const shown = await opened;
      return shown?.kind === 'view' ? answerTo(shown.view, filled, deliver) : null;
    },
    async say(text, deliver) {
      const event = { type: 'message', channel_type: 'im', user: user.id, channel: user.chat, text };
      const envelope = { event_id: `EvFaults${++events}` };
      await deliver(() => slack.event(event, envelope));
    },
    cards: () => screens.messages(user.id).map(({ now }) => inHand(now)),
    staleCards: () => screens.messages(user.id).map(({ first }) => inHand(first)),
  };
}

let events = 0;

/** What answers a press on a message: that message changed, a form, or something beside. */
const answers =
  (ts: string) =>
  (shown: Parameters<Parameters<Screens['next']>[1]>[0]): boolean =>
    shown.kind === 'view' || shown.message.ts === ts || shown.message.ts.startsWith('1700000000.');
