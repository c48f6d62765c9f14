import { z } from 'zod';
import { type CommandContext, type CommandDef, command } from '../../core/feature.ts';
import { may } from '../../core/rights.ts';
import { type Difference, differences } from './diff.ts';
import { authorName } from './edit.ts';
import { standingOf } from './in-force.ts';
import { type RulesParts, roomLabels } from './parts.ts';
import { beginsOf, findRules, listRules, type RulesVersion, rulesAt, rulesByVersion } from './store.ts';
import { historyCard, type Told, versionCard } from './version-views.ts';
import { rulesCard } from './views.ts';

const page = z.coerce.number().int().min(1).default(1);
const versionsOnPage = 5;

/** Everybody sees the rules in force, what is to come, and how they have changed (5.9, 10.2). */
export function showCommands(parts: RulesParts): Record<string, CommandDef> {
  return {
    'rules.show': command({
      right: 'member',
      input: z.object({ page }),
      acts: false,
      async handle(context, input) {
        const { tx, now, reader, actor } = context;
        const begins = await beginsOf(tx);
        const card = rulesCard(reader, await rulesAt(tx, now), {
          organisation: parts.organisation,
          rooms: await roomLabels(context, parts),
          coming: begins.filter((it) => standingOf(it, begins, now) === 'coming'),
          page: input.page,
          admin: may(actor, 'admin'),
        });
        return { kind: 'card', card };
      },
    }),
    'rules.history': command({
      right: 'member',
      input: z.object({ page }),
      acts: false,
      async handle(context, input) {
        const { tx, reader } = context;
        const begins = await beginsOf(tx);
        const pages = Math.max(1, Math.ceil(begins.length / versionsOnPage));
        const page = Math.min(input.page, pages);
        // One more than is shown: what the last one is compared with.
        const some = await listRules(tx, { limit: versionsOnPage + 1, offset: (page - 1) * versionsOnPage });
        const versions: Told[] = [];
        for (const [index, version] of some.slice(0, versionsOnPage).entries())
          versions.push(await told(context, parts, version, some[index + 1] ?? null, begins));
        const rooms = await roomLabels(context, parts);
        return { kind: 'card', card: historyCard(reader, { versions, rooms, page, pages }) };
      },
    }),
    'rules.version': command({
      right: 'member',
      input: z.object({ version: z.coerce.number().int().min(1), page }),
      acts: false,
      async handle(context, input) {
        const { tx, reader, actor } = context;
        const version = await findRules(tx, input.version);
        if (!version) return { kind: 'note', tone: 'bad', text: reader.t('common.stale') };
        const before = input.version > 1 ? await rulesByVersion(tx, input.version - 1) : null;
        const it = await told(context, parts, version, before, await beginsOf(tx));
        const rooms = await roomLabels(context, parts);
        const admin = may(actor, 'admin');
        return { kind: 'card', card: versionCard(reader, it, { rooms, page: input.page, admin }) };
      },
    }),
  };
}

async function told(
  context: CommandContext,
  parts: RulesParts,
  version: RulesVersion,
  before: RulesVersion | null,
  begins: Awaited<ReturnType<typeof beginsOf>>,
): Promise<Told> {
  const changes: Difference[] | null = before && differences(before.document, version.document);
  return {
    version,
    author: await authorName(context, parts, version),
    standing: standingOf(version, begins, context.now),
    changes,
  };
}
