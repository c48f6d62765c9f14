import { createHmac, randomUUID } from 'node:crypto';
import { encodeButton, encodeForm } from '../../src/chat/slack/wire.ts';
import { carry } from '../../src/chat/teams/action-data.ts';
import { people, slotOf, tenants, userId, type WorkspaceOf } from './organisation.ts';

/** One request, ready to be sent. */
export type Sending = { path: string; headers: Record<string, string>; body: string };

const option = (value: string) => ({ value, text: { type: 'plain_text', text: value } });
const select = (value: string) => ({ type: 'static_select', selected_option: option(value) });

const booked = (n: number, room: string) => {
  const { date, start } = slotOf(n);
  return { room, topic: `Review ${n}`, date, start, duration: '30', headcount: '4', attendee: userId(n + 1) };
};

/** Requests as Slack sends them. */
export function slackRequests(
  signingSecret: string,
  api: string,
  workspaceOf: WorkspaceOf = () => tenants.slack,
) {
  const signed = (payload: object): Sending => {
    const body = `${new URLSearchParams({ payload: JSON.stringify(payload) })}`;
    const at = `${Math.floor(Date.now() / 1000)}`;
    const mac = createHmac('sha256', signingSecret).update(`v0:${at}:${body}`).digest('hex');
    return {
      path: '/slack/events',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-slack-request-timestamp': at,
        'x-slack-signature': `v0=${mac}`,
      },
      body,
    };
  };
  const from = (n: number) => ({
    team: { id: workspaceOf(n % people), domain: 'bench' },
    user: { id: userId(n), name: userId(n), team_id: workspaceOf(n % people) },
    api_app_id: 'A000000001',
    trigger_id: randomUUID(),
  });

  return {
    /** The booking form, filled in and submitted. */
    book(n: number, room: string): Sending {
      const it = booked(n, room);
      const inputs = {
        room: select(it.room),
        topic: { type: 'plain_text_input', value: it.topic },
        date: { type: 'datepicker', selected_date: it.date },
        start: select(it.start),
        duration: select(it.duration),
        attendees: { type: 'multi_users_select', selected_users: [it.attendee] },
        headcount: { type: 'plain_text_input', value: it.headcount },
        confidential: { type: 'checkboxes', selected_options: [] },
      };
      const values = Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, { it: input }]));
      const form = { command: 'booking.request', data: { token: randomUUID() }, language: 'en' } as const;
      return signed({
        type: 'view_submission',
        ...from(n),
        view: {
          id: `V${n}`,
          type: 'modal',
          callback_id: 'form',
          team_id: workspaceOf(n % people),
          title: option('Book a room').text,
          private_metadata: encodeForm(form),
          blocks: [],
          state: { values },
        },
      });
    },

    /** A reviewer's click. */
    approve(booking: string, room: number): Sending {
      const value = encodeButton({ command: 'approval.approve', data: { booking, asOf: '1' } });
      return signed({
        type: 'block_actions',
        ...from(people - 1 - room),
        container: {
          type: 'message',
          message_ts: '1700000000.000100',
          channel_id: 'D0',
          is_ephemeral: false,
        },
        channel: { id: 'D0', name: 'directmessage' },
        response_url: `${api}/respond`,
        actions: [
          { type: 'button', action_id: 'a', block_id: 'b', action_ts: '1', value, text: option('x').text },
        ],
      });
    },
  };
}

/** Requests as Teams sends them. */
export function teamsRequests(bot: { appId: string; token: string; serviceUrl: string }) {
  const invoke = (user: string, verb: string, data: object): Sending => ({
    path: '/api/messages',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${bot.token}` },
    body: JSON.stringify({
      type: 'invoke',
      name: 'adaptiveCard/action',
      id: `f:${randomUUID()}`,
      replyToId: randomUUID(),
      timestamp: new Date().toISOString(),
      channelId: 'msteams',
      serviceUrl: bot.serviceUrl,
      from: { id: `29:${user}`, name: user, aadObjectId: user },
      recipient: { id: `28:${bot.appId}`, name: 'Room bot' },
      conversation: { id: `chat-${user}`, conversationType: 'personal', tenantId: tenants.teams },
      channelData: { tenant: { id: tenants.teams } },
      locale: 'en-US',
      value: { action: { type: 'Action.Execute', title: verb, verb, data } },
    }),
  });
  return {
    book(n: number, room: string): Sending {
      const { attendee, ...typed } = booked(n, room);
      const inputs = Object.entries({ ...typed, attendees: attendee, confidential: 'false' });
      const command = 'booking.request';
      const kinds = { attendees: 'people', confidential: 'toggle' } as const;
      const data = { token: randomUUID() };
      return invoke(userId(n), command, {
        ...carry({ command, data, token: data.token, prefix: 'f', kinds }),
        ...Object.fromEntries(inputs.map(([name, value]) => [`f.${name}`, value])),
      });
    },
    approve(booking: string, room: number): Sending {
      const command = 'approval.approve';
      const data = { booking, asOf: '1' };
      return invoke(userId(people - 1 - room), command, carry({ command, data, token: randomUUID() }));
    },
  };
}
