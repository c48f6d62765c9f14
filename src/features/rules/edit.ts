import type { Instant } from '../../core/clock.ts';
import type { CommandContext, Scope } from '../../core/feature.ts';
import type { PersonId } from '../../core/ids.ts';
import { may } from '../../core/rights.ts';
import { toLocal } from '../../core/time.ts';
import type { Answer, Form } from '../../core/view.ts';
import { record } from '../../db/audit.ts';
import type { Reader } from '../../i18n/reader.ts';
import { type Difference, differences } from './diff.ts';
import type { Rules } from './domain.ts';
import { standingOf } from './in-force.ts';
import { type RulesParts, roomLabels } from './parts.ts';
import { addRules, beginsOf, latestRules, type RulesVersion, rulesByVersion } from './store.ts';
import { versionCard } from './version-views.ts';
import { comingText } from './views.ts';
import { differenceText } from './words.ts';

type Made = { version: RulesVersion; changes: Difference[] };

/**
 * Makes the next version out of the latest, and records who did it (10.2); null where nothing would be different.
 * @param from when it comes into force
 */
export async function makeVersion(
  { tx, now, actor }: CommandContext,
  latest: RulesVersion,
  organisation: Rules,
  from: Instant,
): Promise<Made | null> {
  const document = { ...latest.document, organisation };
  const changes = differences(latest.document, document);
  if (changes.length === 0) return null;
  const version = await addRules(tx, { by: actor.person, from, document });
  await record(tx, {
    at: now,
    actor: actor.person,
    kind: 'rules.changed',
    subject: `rules:${version.version}`,
    detail: { before: latest.document, after: document, from },
  });
  return { version, changes };
}

/** The version that was just made, as it is shown to whom made it. */
export async function madeCard(context: CommandContext, parts: RulesParts, made: Made): Promise<Answer> {
  const { tx, now, reader, actor } = context;
  const standing = standingOf(made.version, await beginsOf(tx), now);
  return {
    kind: 'card',
    card: versionCard(
      reader,
      { ...made, author: await authorName(context, parts, made.version), standing },
      { rooms: await roomLabels(context, parts), page: 1, admin: may(actor, 'admin'), isNew: true },
    ),
  };
}

/** Who made a version. */
export async function authorName(
  { tx, reader }: Pick<Scope, 'tx' | 'reader'>,
  parts: RulesParts,
  { by }: RulesVersion,
): Promise<string> {
  if (by === 'default') return reader.t('rules.versions.byDefault');
  const names = await parts.namesOf(tx, [by as PersonId]);
  return names.get(by as PersonId) ?? by;
}

/** What a form is opened on: the latest version, and from which day the next would hold unless told otherwise. */
export async function openOn({ tx, now, reader }: CommandContext): Promise<{
  latest: RulesVersion;
  begin: string;
  banner?: NonNullable<Form['banner']>;
}> {
  const latest = await latestRules(tx);
  if (latest.from <= now) return { latest, begin: '' };
  return {
    latest,
    begin: toLocal(latest.from, reader.zone).date,
    banner: { tone: 'warning', text: buildsText(reader, latest) },
  };
}

/** That the next version takes up one that is still to come. */
const buildsText = (reader: Reader, latest: RulesVersion): string =>
  reader.t('rules.begin.builds', { coming: comingText(reader, latest), version: latest.version });

export type Overtaken = { changes: Difference[]; banner: NonNullable<Form['banner']> };

const changesInBanner = 5;

/**
 * What somebody else has changed since a form or a list was shown as of version `base`; null: nothing, it is fresh.
 * @param what it was shown in: that is what the banner says first
 */
export async function overtakenBy(
  context: CommandContext,
  parts: RulesParts,
  base: number,
  latest: RulesVersion,
  what: 'form' | 'list',
): Promise<Overtaken | null> {
  if (latest.version === base) return null;
  const { tx, now, reader } = context;
  const before = await rulesByVersion(tx, base);
  const changes = differences(before.document, latest.document);
  const rooms = await roomLabels(context, parts);
  const told = changes.slice(0, changesInBanner).map((change) => differenceText(reader, change, rooms));
  if (changes.length > told.length)
    told.push(reader.t('rules.versions.more', { count: changes.length - told.length }));
  const name = await authorName(context, parts, latest);
  const first = reader.t(`rules.stale.${what}`, { version: latest.version, name });
  const builds = what === 'form' && latest.from > now ? [buildsText(reader, latest)] : [];
  return { changes, banner: { tone: 'warning', text: [first, ...told, ...builds].join('\n') } };
}
