import type { Instant } from '../../core/clock.ts';
import type { Platform } from '../../core/feature.ts';
import type { PersonId } from '../../core/ids.ts';
import { instant, integer, json, table, text } from '../../db/columns.ts';
import type { Language } from '../../i18n/translate.ts';
import type { Format } from '../../tables/index.ts';
import type { Search, Viewer } from './domain.ts';

/** What an export was asked for, kept so that one goes on that a restart has broken off. */
export type Order = {
  format: Format;
  search: Search;
  /** What they were entitled to when they asked. */
  viewer: Viewer;
  language: Language;
  zone: string;
  /** Where they asked; without it, in an order of an earlier version, the file is behind a link. */
  platform?: Platform;
};

/** Exports of the records (2.6): made beside everything else, delivered as a file. */
export const recordExport = table('record_export', {
  id: text('id').primaryKey(),
  person: text('person').$type<PersonId>().notNull(),
  order: json('order').$type<Order>().notNull(),
  state: text('state').$type<'running' | 'done' | 'failed'>().notNull(),
  /** Rises with everything that its card shows. */
  revision: integer('revision').notNull(),
  /** Rows that are written, of how many. */
  rows: integer('rows').notNull(),
  total: integer('total').notNull(),
  /** The address of the file, where it is delivered by a link. */
  url: text('url'),
  askedAt: instant('asked_at').$type<Instant>().notNull(),
});
