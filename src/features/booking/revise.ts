import type { Instant } from '../../core/clock.ts';
import type { PersonId } from '../../core/ids.ts';
import { accept, type Decision, refuse } from '../../core/refusal.ts';
import type { MaterialChange } from '../rules/domain.ts';
import { barredFromDeciding, byRule, needed } from './decide.ts';
import {
  type Booking,
  changedFields,
  type Details,
  detailsOf,
  type Event,
  isLive,
  matterOf,
  type Place,
  samePlace,
} from './domain.ts';
import { breachOfExtension, breachWithin, firstBreach } from './policy.ts';
import type { RequestFacts } from './request.ts';

/** `apart`: it is asked for one occurrence of a series alone. */
export type Revision = { by: PersonId; to: Details; apart: boolean };

/** Which of the changes between two requests the rules may call material (2.4). */
export function materialOf(before: Details, to: Details): MaterialChange[] {
  const length = ({ start, end }: Details) => end - start;
  const changes = {
    room: before.room !== to.room,
    start: before.start !== to.start,
    end: length(to) > length(before),
    headcount: to.headcount > before.headcount,
  };
  return (Object.keys(changes) as MaterialChange[]).filter((name) => changes[name]);
}

/**
 * Judges a change of a booking (2.4) by the rules for its new place. What the rules call material goes to review,
 * unless they approve it by themselves; all else applies at once. A request is reviewed as it stands: whatever could
 * be material sends it back to all of its reviewers. A meeting that is under way can end earlier or, where the room
 * is free, later (3.3).
 */
export function decideRevision(
  booking: Booking,
  { by, to, apart }: Revision,
  facts: RequestFacts,
  now: Instant,
): Decision<Event> {
  const { state } = booking;
  if (by !== booking.host) return refuse({ key: 'booking.refused.notHost', clause: '2.4' });
  if (!isLive(state) || now >= booking.end) return refuse({ key: 'booking.refused.over', clause: '2.4' });
  if (state.kind === 'approved' && state.cancellation)
    return refuse({ key: 'booking.refused.cancelling', clause: '2.4' });

  const fields = changedFields(booking, to);
  const running = now >= booking.start;
  if (fields.length === 0)
    return state.kind === 'approved' && state.change
      ? accept({ type: 'changeWithdrawn', by, at: now })
      : refuse({ key: 'booking.refused.nothingChanged', clause: '2.4' });
  if (running && (state.kind === 'requested' || fields.some((field) => field !== 'end')))
    return refuse({ key: 'booking.refused.running', clause: '2.4' });
  if (running && to.end <= now)
    return refuse({ key: 'booking.refused.endPassed', clause: '2.4', field: 'duration' });

  const more = materialOf(booking, to);
  const breachOf = more.length === 0 ? breachWithin : running ? breachOfExtension : firstBreach;
  // A meeting that is under way is judged as it was when it began.
  const breach = breachOf(to, facts, running ? booking.start - 1 : now);
  if (breach) return refuse(breach);

  const changed = { by, at: now, to: detailsOf(to), apart };
  const material = more.some((name) => state.kind === 'requested' || facts.rules.material.includes(name));
  const from = detailsOf(booking);
  if (running || !material) return accept({ type: 'changed', ...changed, from });
  if (state.kind === 'requested')
    return accept({ type: 'amended', ...changed, needed: needed(facts) }, ...byRule(facts, now));
  if (facts.verdict.decision === 'approve') return accept({ type: 'changed', ...changed, from });
  return accept({ type: 'changeRequested', ...changed, needed: needed(facts) });
}

/** A reviewer's proposal of another room or time for a request; `asOf`: the form of it that they saw. */
export type Proposing = { by: PersonId; asOf: number; place: Place };

/**
 * Judges a proposal (2.2). Accepted by the host it is approved at once, so whoever proposes must be able to decide
 * for the proposed room too, and alone.
 * @param facts those of the proposed place
 */
export function decideProposal(
  booking: Booking,
  { by, asOf, place }: Proposing,
  facts: RequestFacts,
  current: Pick<RequestFacts, 'deciders'>,
  now: Instant,
): Decision<Event> {
  const barred = barredFromDeciding(booking, by, current, now);
  if (barred) return refuse(barred);
  const { state } = booking;
  if (state.kind !== 'requested' || matterOf(booking)?.asOf !== asOf)
    return refuse({ key: 'booking.refused.changedSince', clause: '2.2' });
  const decider = facts.deciders.find((it) => it.person === by);
  if (!decider)
    return refuse({
      key: 'booking.refused.notTheirRoom',
      figures: { room: facts.room.name },
      clause: '2.2',
      field: 'room',
    });
  if (state.review.needed > 1 || needed(facts) > 1)
    return refuse({ key: 'booking.refused.notAlone', clause: '2.2', field: 'room' });
  if (samePlace(place, booking))
    return refuse({ key: 'booking.refused.samePlace', clause: '2.2', field: 'start' });
  const breach = firstBreach({ ...detailsOf(booking), ...place }, facts, now);
  if (breach) return refuse(breach);
  return accept({ type: 'proposed', proposal: { ...place, by, for: decider.for, at: now } });
}
