import type { PersonId } from '../../core/ids.ts';
import { index, instant, table, text } from '../../db/columns.ts';

/** Who acts for whom, and when (7.1). Ended early, it keeps its row. */
export const substitution = table(
  'substitution',
  {
    id: text('id').primaryKey(),
    person: text('person').$type<PersonId>().notNull(),
    substitute: text('substitute').$type<PersonId>().notNull(),
    /** `[from, until)` */
    from: instant('from_at').notNull(),
    until: instant('until_at').notNull(),
    by: text('by').$type<PersonId>().notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (it) => [
    index('substitution_person').on(it.person, it.until),
    index('substitution_substitute').on(it.substitute, it.until),
  ],
);
