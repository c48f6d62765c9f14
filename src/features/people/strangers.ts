import type { Strangers } from '../../core/feature.ts';
import type { Refusal } from '../../core/refusal.ts';
import { clauses } from '../rules/index.ts';

/** Why the people chosen in this field can't be taken: not full members (3.1), or not found. Null: they can. */
export function refuseStrangers(strangers: Strangers, field: string): Refusal | null {
  const found = strangers[field];
  if (!found) return null;
  return found.names.length > 0
    ? {
        key: 'people.refused.attendee',
        figures: { names: { list: found.names } },
        clause: clauses.members,
        field,
      }
    : { key: 'people.refused.attendeeUnknown', field };
}
