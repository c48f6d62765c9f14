import type { CommandContext } from '../../core/feature.ts';
import type { Answer, Card } from '../../core/view.ts';
import { rulesAt } from '../rules/index.ts';
import type { Setting } from './domain.ts';
import type { Reminders } from './planning.ts';
import { settingsCard, settingsForm, typedOf } from './settings-views.ts';
import { saveSetting, settingOf } from './store.ts';
import { readSetting, type SettingProblems, type TypedSetting } from './typed.ts';

/** `/reminders`: what holds for who asks. */
export async function showSetting(context: CommandContext, banner?: Card['banner']): Promise<Answer> {
  const { tx, reader, actor } = context;
  const setting = await settingOf(tx, actor.person);
  return { kind: 'card', card: settingsCard(reader, setting, await organisationLeads(context), banner) };
}

export const editSetting = async (context: CommandContext): Promise<Answer> =>
  form(context, typedOf(await settingOf(context.tx, context.actor.person), context.token()));

/** Keeps what was typed, and has everything that is planned follow it in the same transaction (2.7). */
export async function saveTyped(
  reminders: Reminders,
  context: CommandContext,
  typed: TypedSetting,
): Promise<Answer> {
  const { tx, now, reader, actor } = context;
  const read = readSetting(typed);
  if (!read.ok) return form(context, typed, read.problems);
  const before = await settingOf(tx, actor.person);
  await saveSetting(tx, actor.person, read.setting);
  if (differ(before, read.setting, ['leads', 'quiet'])) await reminders.replan(tx, actor.person, now);
  if (differ(before, read.setting, ['digestAt']))
    await reminders.planDigest(tx, actor.person, read.setting, now);
  return showSetting(context, { tone: 'good', text: reader.t('reminder.settings.saved') });
}

const differ = (a: Setting, b: Setting, fields: ReadonlyArray<keyof Setting>): boolean =>
  fields.some((field) => JSON.stringify(a[field]) !== JSON.stringify(b[field]));

async function form(
  context: CommandContext,
  typed: TypedSetting,
  problems?: SettingProblems,
): Promise<Answer> {
  const organisation = await organisationLeads(context);
  const shown = settingsForm(context.reader, { typed, organisation, ...(problems ? { problems } : {}) });
  return problems ? { kind: 'invalid', form: shown } : { kind: 'form', form: shown };
}

const organisationLeads = async ({ tx, now }: CommandContext): Promise<number[]> =>
  (await rulesAt(tx, now)).document.organisation.reminders;
