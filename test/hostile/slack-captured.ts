import type { Recorded } from '../support/recorder.ts';
import { buttonsOf, textOf } from '../support/slack.ts';
import { formOf as formWith, type Stage, secret } from './stage.ts';

export type Form = Record<string, string>;
const formOf = (body: string): Form => Object.fromEntries(new URLSearchParams(body));
/** A form as it is posted. */
export const written = (form: unknown): string => `${new URLSearchParams(asForm(form))}`;
const asForm = (form: unknown): Form =>
  typeof form === 'object' && form !== null
    ? Object.fromEntries(
        Object.entries(form).map(([name, it]) => [name, typeof it === 'string' ? it : JSON.stringify(it)]),
      )
    : { payload: JSON.stringify(form) ?? '' };

/** Real requests of Ann and Rae, as if they were Mallory's. */
export async function captured(stage: Stage): Promise<{ forms: Form[]; events: unknown[] }> {
  const { slack, day } = stage.program;
  const { ann, rae } = stage.slack;
  const card = (await slack.chat(rae)).findLast((it) => textOf(it).includes(secret));
  if (!card) throw new Error('Rae was not asked');
  const theirs = (payload: Record<string, unknown>) => slack.interaction(ann, payload);
  const labels = buttonsOf(card).map((it) => it.text.text);
  const mine = (await slack.chat(ann)).findLast((it) => buttonsOf(it).length > 0);
  const clicks: Recorded[] = [];
  for (const label of labels.slice(0, 5))
    clicks.push(await stage.stolen(() => slack.click(rae, label, card)));
  for (const { text } of mine ? buttonsOf(mine) : [])
    clicks.push(await stage.stolen(() => slack.click(ann, text.text, mine)));
  await formWith(slack, ann);
  const form = await stage.stolen(() => slack.submit(ann, { topic: 'Design', date: day, start: '09:00' }));
  const search = await stage.stolen(() => slack.search(ann, 'room', 'a'));
  const command = await stage.stolen(() =>
    slack.command(ann, '/book tomorrow 3pm 1h 3 people design review @rae'),
  );
  const home = { type: 'view', view_id: 'V1' };
  const onHome = await stage.stolen(() =>
    theirs({
      type: 'block_actions',
      container: home,
      view: { type: 'home' },
      actions: formOfClick(clicks[0]?.body),
    }),
  );
  const channel = ann.chat;
  const events: unknown[] = [];
  for (const event of [
    {
      type: 'message',
      channel_type: 'im',
      user: ann.id,
      channel,
      text: 'book tomorrow 3pm 1h design review',
    },
    { type: 'app_mention', user: ann.id, channel: 'C000000001', text: '<@UBOT000001> help' },
    { type: 'app_home_opened', user: ann.id, channel, tab: 'home' },
    { type: 'app_home_opened', user: ann.id, channel, tab: 'messages' },
  ])
    events.push(JSON.parse((await stage.stolen(() => slack.event(event))).body));
  return { forms: [...clicks, form, search, command, onHome].map((it) => formOf(it.body)), events };
}

const formOfClick = (body = ''): unknown => JSON.parse(formOf(body).payload ?? '{}').actions;
