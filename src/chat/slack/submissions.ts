import { setTimeout as pause } from 'node:timers/promises';
import type { App, types, ViewOutput, ViewResponseAction, ViewSubmitAction } from '@slack/bolt';
import { translate } from '../../i18n/translate.ts';
import type { Answered } from '../ports.ts';
import { keepInStep, warnOfLimits } from './answer.ts';
import { callerOf, type Deps } from './callers.ts';
import { showAt, standsAt } from './clicks.ts';
import type { Client } from './client.ts';
import { noteView, renderForm, resultView } from './form.ts';
import { checkView, limits } from './limits.ts';
import { renderCard } from './render.ts';
import { soon } from './soon.ts';
import { cut } from './text.ts';
import { readValues } from './values.ts';
import { decodeForm, type FormData, type Origin } from './wire.ts';

/** Slack has to have shown the form that says "working" before that may be replaced. */
const settle = 500;

/** What a form of ours that can't be read any more sends: the answer says that it is out of date. */
const unreadable: FormData = { command: '', data: {}, language: 'en' };

/**
 * Submitted forms. Slack wants an answer within three seconds: what takes longer is answered with a form that
 * says so, and that one is replaced when the answer is there.
 */
export function listenToSubmissions(
  app: App,
  { workspaces, dispatch, answering, homes, logger }: Deps,
): void {
  app.view<ViewSubmitAction>(
    { callback_id: /.*/, type: 'view_submission' },
    async ({ view, body, context, ack }) => {
      const { caller, client } = await callerOf(workspaces, context);
      const sent = decodeForm(view.private_metadata) ?? unreadable;
      const act = { command: sent.command, data: sent.data, values: readValues(view.state) };
      const answered = await answering.during(sent.origin ? standsAt(sent.origin) : null, async (clear) => {
        const work = dispatch.act(caller, act, body.trigger_id);
        const quick = await soon(work);
        const reply = quick ? replyTo(quick, view, sent) : update(workingView(view, sent));
        if (reply?.response_action === 'update' && reply.view.type === 'modal')
          warnOfLimits(checkView(reply.view), logger);
        await (reply ? ack(reply) : ack());

        const found = await work;
        if (!quick) {
          await pause(settle);
          await client.views.update({ view_id: view.id, view: viewOf(found, view, sent) });
        }
        await clear();
        await showAtOrigin(found, sent.origin, client);
        return found;
      });
      if (sent.home && answered.answer.kind === 'card') await homes.refresh({ caller, client });
    },
  );
}

const update = (view: types.ModalView) => ({ response_action: 'update' as const, view });

const workingView = (view: ViewOutput, { language }: FormData): types.ModalView =>
  noteView(view.title.text, 'neutral', translate(language, 'chat.working'));

/** How Slack is answered at once; undefined closes the form. */
function replyTo(answered: Answered, view: ViewOutput, sent: FormData): ViewResponseAction | undefined {
  if (answered.answer.kind === 'card' && sent.origin) return undefined;
  const errors = errorsAt(answered, view, sent);
  return errors ? { response_action: 'errors', errors } : update(viewOf(answered, view, sent));
}

/** What is wrong, by field, where that is all that changes: Slack then keeps the form as it was filled in. */
function errorsAt({ answer }: Answered, view: ViewOutput, sent: FormData): Record<string, string> | null {
  if (answer.kind === 'note' && answer.tone === 'bad') return errorAtFirst(answer.text, view);
  if (answer.kind !== 'invalid' || answer.form.banner) return null;
  const inputs = new Set(
    view.blocks.flatMap((block) => (block.type === 'input' ? (block.block_id ?? []) : [])),
  );
  const wrong = answer.form.fields.filter((field) => field.error !== undefined);
  const sameData = JSON.stringify(answer.form.data) === JSON.stringify(sent.data);
  if (wrong.length === 0 || !sameData || !wrong.every((field) => inputs.has(field.name))) return null;
  return Object.fromEntries(wrong.map((field) => [field.name, cut(field.error ?? '', limits.hint)]));
}

/** Nothing was done: said at the first field, so that what was typed can be sent once more. */
function errorAtFirst(text: string, view: ViewOutput): Record<string, string> | null {
  const [first] = view.blocks.flatMap((block) => (block.type === 'input' ? (block.block_id ?? []) : []));
  return first === undefined ? null : { [first]: cut(text, limits.hint) };
}

/** An answer as a form. */
function viewOf({ answer, reader }: Answered, view: ViewOutput, { origin, home }: FormData): types.ModalView {
  if (answer.kind === 'card') return resultView(answer.card, reader);
  if (answer.kind === 'note')
    return noteView(view.title.text, answer.tone, answer.text, reader.t('chat.close'));
  return renderForm(answer.form, reader.language, { ...(origin && { origin }), ...(home && { home }) });
}

/** A form that a message asked for ends there; any other card that stays is sent by dispatch. */
async function showAtOrigin(answered: Answered, origin: Origin | undefined, client: Client): Promise<void> {
  const { answer, reader, repeated } = answered;
  if (answer.kind !== 'card' || !origin || (repeated && origin.answer === 'new')) return;
  await keepInStep(answered, await showAt(origin, client, renderCard(answer.card, reader)));
}
