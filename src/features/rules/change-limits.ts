import { z } from 'zod';
import { type CommandContext, type CommandDef, command } from '../../core/feature.ts';
import type { Answer } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import type { Limits } from './domain.ts';
import { madeCard, makeVersion, type Overtaken, openOn, overtakenBy } from './edit.ts';
import { readBegin } from './in-force.ts';
import { limitsForm } from './limits-form.ts';
import type { RulesParts } from './parts.ts';
import { latestRules, type RulesVersion } from './store.ts';
import { type LimitProblems, readLimits, type TypedLimits, typedLimits, typeLimits } from './typed-limits.ts';
import { limitText } from './words.ts';

const submission = typedLimits.extend({
  token: z.string(),
  base: z.coerce.number().int().min(1),
  from: z.string().default(''),
});

/** Admins change the organisation's parameters; each change is a new version (10.2). */
export function limitCommands(parts: RulesParts): Record<string, CommandDef> {
  return {
    'rules.limits': command({
      right: 'admin',
      input: z.object({}),
      acts: false,
      async handle(context) {
        const { latest, ...opened } = await openOn(context);
        const typed = typeLimits(latest.document.organisation);
        const form = limitsForm(context.reader, {
          ...opened,
          token: context.token(),
          base: latest.version,
          typed,
        });
        return { kind: 'form', form };
      },
    }),
    'rules.saveLimits': command({
      right: 'admin',
      input: submission,
      acts: true,
      handle: (context, input) => save(context, parts, input),
    }),
  };
}

async function save(
  context: CommandContext,
  parts: RulesParts,
  { token, base, from, ...typed }: z.infer<typeof submission>,
): Promise<Answer> {
  const { tx, now, reader } = context;
  const latest = await latestRules(tx);
  const read = readLimits(typed);
  const begin = readBegin(from, now, reader.zone, latest.from);
  const problems: LimitProblems = {
    ...(read.ok ? {} : read.problems),
    ...(begin.ok ? {} : { from: begin.refusal }),
  };
  const opened = { token, base: latest.version, begin: from, typed, problems };
  const overtaken = await overtakenBy(context, parts, base, latest, 'form');
  if (overtaken) {
    const remarks = remarksOn(reader, typed, latest, overtaken);
    return { kind: 'invalid', form: limitsForm(reader, { ...opened, remarks, banner: overtaken.banner }) };
  }
  if (!read.ok || !begin.ok) return { kind: 'invalid', form: limitsForm(reader, opened) };

  const { approval } = latest.document.organisation;
  const made = await makeVersion(context, latest, { ...read.limits, approval }, begin.from);
  if (made) return madeCard(context, parts, made);
  const text = reader.t('rules.begin.same', { version: latest.version });
  return { kind: 'invalid', form: limitsForm(reader, { ...opened, banner: { tone: 'warning', text } }) };
}

/** At each field that somebody else has changed: what they set, where the form says otherwise. */
function remarksOn(
  reader: Reader,
  typed: TypedLimits,
  latest: RulesVersion,
  { changes }: Overtaken,
): Partial<Record<keyof Limits, string>> {
  const limits = latest.document.organisation;
  const theirs = typeLimits(limits);
  return Object.fromEntries(
    changes
      .flatMap((change) => (change.kind === 'limit' ? [change.name] : []))
      .filter((name) => String(typed[name]) !== String(theirs[name]))
      .map((name) => {
        const value = limitText(reader, name, limits);
        return [name, reader.t('rules.stale.field', { version: latest.version, value })];
      }),
  );
}
