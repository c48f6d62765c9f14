import type { PersonId, Subject } from '../../core/ids.ts';
import { blob, index, instant, table, text } from '../../db/columns.ts';

/** Pictures, exports and invitations that chat shows by a link: each issued to one person, for a while. */
export const publishedFile = table(
  'published_file',
  {
    id: text('id').primaryKey(),
    /** For whom: nobody else is shown theirs (6.2). */
    person: text('person').$type<PersonId>().notNull(),
    name: text('name').notNull(),
    /** MIME type. */
    type: text('type').notNull(),
    content: blob('content', { mode: 'buffer' }).notNull(),
    /** Of a file that is too large for the database: where it is, and `content` is empty. */
    path: text('path'),
    /** What it is about; revoked with it. */
    subject: text('subject').$type<Subject>(),
    issuedAt: instant('issued_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    revokedAt: instant('revoked_at'),
  },
  (it) => [index('published_file_subject').on(it.subject), index('published_file_expires').on(it.expiresAt)],
);
