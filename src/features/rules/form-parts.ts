import type { Refusal } from '../../core/refusal.ts';
import { toLocal } from '../../core/time.ts';
import type { Field, Form } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';

/** How a form that makes a new version was opened, or comes back. */
export type Opened<Problems> = {
  token: string;
  /** The version that it builds on. */
  base: number;
  /** The day typed as the one from which the new version is in force. */
  begin: string;
  problems?: Problems;
  /** What else to know at a field: that somebody else has just changed it. */
  remarks?: Partial<Record<keyof Problems, string>>;
  banner?: Form['banner'];
};

/** From which day the new version is in force. */
export function beginField(reader: Reader, { begin, problems }: Opened<{ from?: Refusal }>): Field {
  const problem = problems?.from;
  return {
    kind: 'date',
    name: 'from',
    label: reader.t('rules.begin.label'),
    hint: reader.t('rules.begin.hint'),
    value: begin,
    min: toLocal(reader.now, reader.zone).date,
    ...(problem && { error: reader.refusal(problem) }),
  };
}
