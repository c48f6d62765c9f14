import type { Strangers } from '../../core/feature.ts';
import type { Refusal } from '../../core/refusal.ts';
import { clauses } from '../rules/index.ts';

/** Why the people chosen in this field can't be taken: not full members (3.1), or not found. Null: they can. */
export function refuseStrangers(strangers: Strangers, field: string): Refusal | null {
  const found = strangers[field];
  if (!found) return null;
  const [name] = found.names;
  return name
    ? {
        key: 'people.refused.attendee',
        figures: { name: found.names.join(', ') },
        clause: clauses.members,
        field,
      }
    : { key: 'people.refused.attendeeUnknown', field };
}
