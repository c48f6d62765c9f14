import { Unreachable } from '../core/errors.ts';
import { holds } from '../db/outbox.ts';
import { createReader } from '../i18n/reader.ts';
import type { DeliveryPorts, Handler } from './ports.ts';

/** Sends one person a mail, written now, in their language. */
export function createMail({ db, clock, people, mails, mailer }: DeliveryPorts): Handler {
  return async (row) => {
    const { person } = row;
    const write = mails[row.name];
    if (!person || !write) throw new Error('a row that nobody can mail');
    const now = clock.now();
    const { language, zone } = await people.reads(db.read, person);
    const reader = createReader(language, zone, now);
    const mail = await write({ tx: db.read, now, reader, recipient: person }, row.data);
    // A later row may have taken the place of this one, and would bring the same.
    if (!mail || !mailer || !(await holds(db.read, row))) return { kind: 'overtaken' };
    try {
      await mailer.send(mail, row.id);
    } catch (cause) {
      if (cause instanceof Unreachable) return { kind: 'unreachable', person };
      throw cause;
    }
    return { kind: 'told', note: async () => {} };
  };
}
