import { instant, integer, json, table, text } from '../../db/columns.ts';
import type { StoredDocument } from './domain.ts';

/** The versions of the rules; a booking keeps the number of the one in force when it was made (10.2). */
export const rulesVersion = table('rules_version', {
  version: integer('version').primaryKey(),
  /** In force from this moment. */
  from: instant('in_force_from').notNull(),
  by: text('by').notNull(),
  document: json('document').$type<StoredDocument>().notNull(),
});
