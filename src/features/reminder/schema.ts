import type { PersonId } from '../../core/ids.ts';
import { integer, json, table, text } from '../../db/columns.ts';

/** What a person wants of reminders; without a row, what the organisation does (2.7). */
export const reminderSetting = table('reminder_setting', {
  person: text('person').$type<PersonId>().primaryKey(),
  /** Minutes before the start; null: as the organisation does. Empty: none. */
  leads: json('leads').$type<number[]>(),
  /** Minutes after local midnight between which nothing is sent; both null: always. */
  quietFrom: integer('quiet_from'),
  quietUntil: integer('quiet_until'),
  /** When the day's digest comes, in minutes after local midnight; null: none. */
  digestAt: integer('digest_at'),
});
