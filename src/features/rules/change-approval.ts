import { z } from 'zod';
import { type CommandContext, type CommandDef, command } from '../../core/feature.ts';
import { may } from '../../core/rights.ts';
import type { Answer, Card } from '../../core/view.ts';
import type { ApprovalRule } from './approval.ts';
import { approvalCard } from './approval-views.ts';
import { makeVersion, overtakenBy } from './edit.ts';
import { standingOf } from './in-force.ts';
import { type RulesParts, roomLabels } from './parts.ts';
import { beginsOf, latestRules } from './store.ts';
import { savedText } from './version-views.ts';
import { comingText } from './views.ts';
import { differenceText } from './words.ts';

const page = z.coerce.number().int().min(1).default(1);
/** Which rule of which version a button is about. */
const button = z.object({ base: z.coerce.number().int().min(1), rule: z.string(), page });

/** The rules of approval in order; admins move and remove them, each time as a new version (2.2, 10.2). */
export function approvalCommands(parts: RulesParts): Record<string, CommandDef> {
  return {
    'rules.approval': command({
      right: 'member',
      input: z.object({ page }),
      acts: false,
      handle: (context, input) => listApproval(context, parts, { page: input.page }),
    }),
    'rules.move': command({
      right: 'admin',
      input: button.extend({ to: z.enum(['up', 'down']) }),
      acts: true,
      handle: (context, { to, ...input }) =>
        change(context, parts, input, (approval, at) => swapped(approval, at, to === 'up' ? at - 1 : at + 1)),
    }),
    'rules.removeRule': command({
      right: 'admin',
      input: button,
      acts: true,
      handle: (context, input) => change(context, parts, input, (approval, at) => approval.toSpliced(at, 1)),
    }),
  };
}

/** Two neighbours in each other's place; where there is none, all as it was. */
function swapped(approval: readonly ApprovalRule[], at: number, other: number): ApprovalRule[] {
  const [one, two] = [approval[at], approval[other]];
  return one && two ? approval.with(at, two).with(other, one) : [...approval];
}

/** The rules of approval as of the latest version: what the next change builds on. */
export async function listApproval(
  context: CommandContext,
  parts: RulesParts,
  its: { page: number; banner?: Card['banner']; text?: string[] },
): Promise<Answer> {
  const { tx, now, reader, actor } = context;
  const latest = await latestRules(tx);
  return {
    kind: 'card',
    card: approvalCard(reader, {
      approval: latest.document.organisation.approval,
      base: latest.version,
      rooms: await roomLabels(context, parts),
      page: its.page,
      admin: may(actor, 'admin'),
      banner: its.banner,
      text: [
        ...(its.text ?? []),
        ...(latest.from > now
          ? [reader.t('rules.approval.coming', { coming: comingText(reader, latest) })]
          : []),
      ],
    }),
  };
}

/** Changes the order or the number of rules, unless they are no longer those that the button was about. */
async function change(
  context: CommandContext,
  parts: RulesParts,
  { base, rule, page }: z.infer<typeof button>,
  edit: (approval: readonly ApprovalRule[], at: number) => ApprovalRule[],
): Promise<Answer> {
  const { tx, now, reader } = context;
  const latest = await latestRules(tx);
  const overtaken = await overtakenBy(context, parts, base, latest, 'list');
  if (overtaken) return listApproval(context, parts, { page, banner: overtaken.banner });
  const { organisation } = latest.document;
  const at = organisation.approval.findIndex((it) => it.name === rule);
  const approval = at < 0 ? organisation.approval : edit(organisation.approval, at);
  // Nothing that is to come begins earlier by this.
  const from = Math.max(now, latest.from);
  const made = await makeVersion(context, latest, { ...organisation, approval }, from);
  if (!made) return listApproval(context, parts, { page });
  const rooms = await roomLabels(context, parts);
  const standing = standingOf(made.version, await beginsOf(tx), now);
  return listApproval(context, parts, {
    page,
    banner: { tone: 'good', text: savedText(reader, made.version, standing) },
    text: made.changes.map((change) => differenceText(reader, change, rooms)),
  });
}
