import type { AccountId, PersonId } from '../../core/ids.ts';
import type { Tx } from '../../db/database.ts';
import type { Details } from '../booking/index.ts';
import { neighboursOn, whereabouts } from '../people/index.ts';

/** The details with attendees by the ids under which they are known by now: those are what a form can show. */
export async function known(tx: Tx, details: Details): Promise<Details> {
  const current = await currentIds(tx, details.attendees);
  return { ...details, attendees: details.attendees.map(current) };
}

/**
 * Who is to come after a form came back, by the ids that the booking has for them. Those whom the platform of
 * `account` can't show were not in the form, so nobody has left them out.
 */
export async function chosenAttendees(
  tx: Tx,
  account: AccountId,
  before: readonly PersonId[],
  chosen: readonly PersonId[],
): Promise<PersonId[]> {
  const current = await currentIds(tx, before);
  const shown = await neighboursOn(tx, account, before.map(current));
  const unseen = before.filter((person) => !shown.has(current(person)));
  return [...chosen.map((person) => before.find((it) => current(it) === person) ?? person), ...unseen];
}

async function currentIds(tx: Tx, people: readonly PersonId[]): Promise<(person: PersonId) => PersonId> {
  const found = await whereabouts(tx, people);
  return (person) => found.get(person)?.self ?? person;
}
