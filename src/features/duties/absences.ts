import type { CommandContext } from '../../core/feature.ts';
import { newId, personSubject } from '../../core/ids.ts';
import { record } from '../../db/audit.ts';
import { schedule, tell, withdraw } from '../../db/outbox.ts';
import type { BookingService } from '../booking/index.ts';
import type { Absence } from './domain.ts';
import { handBack, handOver } from './handover.ts';
import { addSubstitution, endSubstitution, type Substitution, substitutionSubject } from './store.ts';

/** Absences that are entered and ended, and what follows from it (7.1). */
export function createAbsences(bookings: BookingService) {
  return {
    /** Keeps an absence. What waits moves over when it begins, and back when it ends; those concerned are told. */
    async begin(context: CommandContext, absence: Absence): Promise<Substitution> {
      const { tx, now, actor } = context;
      const made: Substitution = { ...absence, id: newId(), by: actor.person, createdAt: now };
      await addSubstitution(tx, made);
      await note(context, 'duty.away', made);
      const subject = substitutionSubject(made.id);
      const data = { substitution: made.id };
      const news = { now, dueAt: now, subject };
      await tell(tx, [made.substitute], 'duties.news', { ...news, data: { ...data, news: 'substitute' } });
      if (made.person !== actor.person)
        await tell(tx, [made.person], 'duties.news', { ...news, data: { ...data, news: 'away' } });
      if (made.from <= now) await handOver(bookings, tx, now, made);
      else await schedule(tx, 'duties.begin', { now, dueAt: made.from, subject, data });
      await schedule(tx, 'duties.end', { now, dueAt: made.until, subject, data });
      return made;
    },

    /** Ends an absence now, or takes back one that has not begun. */
    async end(context: CommandContext, absence: Substitution): Promise<void> {
      const { tx, now } = context;
      await endSubstitution(tx, absence, now);
      await note(context, 'duty.back', absence);
      const subject = substitutionSubject(absence.id);
      for (const name of ['duties.begin', 'duties.end']) await withdraw(tx, subject, name);
      const data = { substitution: absence.id, news: 'ended' };
      await tell(tx, [absence.substitute], 'duties.news', { now, dueAt: now, subject, data });
      if (absence.from <= now) await handBack(bookings, tx, now, absence);
    },
  };
}

const note = ({ tx, now, actor }: CommandContext, kind: string, it: Substitution): Promise<void> =>
  record(tx, {
    at: now,
    actor: actor.person,
    kind,
    subject: personSubject(it.person),
    detail: { substitute: it.substitute, from: it.from, until: it.until },
  });
