import type { Instant } from './core/clock.ts';
import { bookingSubject, type PersonId, seriesSubject } from './core/ids.ts';
import { never } from './core/refusal.ts';
import type { Tx } from './db/database.ts';
import { refresh, rowsAbout, schedule, tell, withdraw } from './db/outbox.ts';
import { planReview, refreshRivals } from './features/approval/index.ts';
import { type Booking, expiresAt, matterOf, type Transition } from './features/booking/index.ts';
import { giveInvitation, type Mailing } from './features/calendar/index.ts';
import type { Reminders } from './features/reminder/index.ts';
import { keepFigure } from './features/statistics/index.ts';
import { offerFreed } from './features/waitlist/index.ts';

/**
 * What follows from a booking's transition in other features, written in the transaction that decided it:
 * read it from top to bottom and you know who hears of what.
 */
export const createReactions =
  ({ reminders, mailing }: { reminders: Reminders; mailing: Mailing }) =>
  async (tx: Tx, now: Instant, transition: Transition): Promise<void> => {
    await keepFigure(tx, transition);
    const { event, before, after, freed } = transition;
    const subject = bookingSubject(after.id);
    const data = { booking: after.id };
    const soon = { now, dueAt: now, subject };
    const decide = transition.deciders.filter((it) => !it.away).map((it) => it.person);
    const { host, attendees, state } = after;

    const hear = async (people: readonly PersonId[], view: string, more: Record<string, string> = {}) => {
      if (!transition.quiet) await tell(tx, people, view, { ...soon, data: { ...data, ...more } });
    };
    const news = (people: readonly PersonId[]) => hear(people, 'booking.news', { news: state.kind });
    const word = (people: readonly PersonId[], key: string, more: Record<string, string> = {}) =>
      hear(people, 'booking.word', { word: key, ...more });

    /** Calendars follow (2.3): by mail for those who want that, by a file in chat; many dates of a series at once. */
    const invite = async (...people: PersonId[]) => {
      await mailing.toWhomWants(tx, now, after, people);
      await giveInvitation(tx, now, transition, people);
    };

    /** Something waits for the reviewers: they are asked, reminded, and it does not wait for ever. */
    const review = async () => {
      // Of a new one nothing is planned yet.
      if (before) await settle();
      await hear(decide, 'approval.request');
      await schedule(tx, 'booking.expire', { now, dueAt: expiresAt(after), subject, data });
      // A series is reminded of and escalates as one.
      if (!transition.quiet) await planReview(tx, now, after);
    };
    /** Those who may decide what waits and have not been asked to. */
    const unasked = async () => {
      const since = state.kind === 'approved' && state.change ? state.change.at : after.requestedAt;
      const rows = await rowsAbout(tx, { subjects: [subject], name: 'approval.request' });
      const asked = rows.filter((row) => row.createdAt >= since && row.state !== 'withdrawn');
      return without(
        decide,
        asked.flatMap((row) => row.person ?? []),
      );
    };
    /** Nothing waits any more. */
    const settle = async () => {
      await withdraw(tx, subject, ...untilSettled);
    };
    /** It does not take place. */
    const ends = async () => {
      await withdraw(tx, subject, ...untilSettled, 'booking.invited', 'cancel.confirm');
      await reminders.withdraw(tx, after);
    };
    /** Host and attendees hear of a change that has come into effect, each what concerns them (2.4). */
    const tellOfChange = async () => {
      if (state.kind !== 'approved' || !before) return;
      const stay = attendees.filter((person) => before.attendees.includes(person));
      const revision = String(after.revision);
      await hear(stay, 'change.news', { revision });
      await hear(without(attendees, before.attendees), 'booking.invited');
      await hear(without(before.attendees, attendees), 'change.removed');
      if (looksDifferent(before, after)) await invite(host, ...attendees, ...before.attendees);
      await reminders.move(tx, before, after, now);
    };

    switch (event.type) {
      case 'requested':
        if (decide.length > 0) await review();
        break;
      case 'approved':
        await settle();
        // Where a rule decides, the answer to the request says so already.
        if (event.by !== null) await news([host]);
        await hear(attendees, 'booking.invited');
        await invite(host, ...attendees);
        await reminders.plan(tx, after, now);
        break;
      case 'proposalAccepted':
        await settle();
        await hear(attendees, 'booking.invited');
        await invite(host, ...attendees);
        await reminders.plan(tx, after, now);
        break;
      case 'rejected':
      case 'expired':
        await ends();
        await news([host]);
        break;
      case 'withdrawn':
        await ends();
        break;
      case 'cancelTakenBack':
        await withdraw(tx, subject, 'cancel.confirm', 'approval.request');
        break;
      case 'seconded':
        break;
      case 'changeWithdrawn':
        await settle();
        break;
      case 'escalated':
        await hear(decide, 'approval.request');
        break;
      case 'asked':
      case 'proposed':
      case 'handoverOffered':
        await hear([event.type === 'handoverOffered' ? event.to : host], openQuestions[event.type]);
        break;
      case 'answered':
        if (before?.state.kind === 'requested')
          await word(
            [...new Set(before.state.questions.filter((it) => !it.answer).map((it) => it.by))],
            'answered',
          );
        break;
      case 'proposalDeclined':
        if (before?.state.kind === 'requested' && before.state.proposal)
          await word([before.state.proposal.by], 'proposalDeclined');
        break;
      case 'handoverDeclined':
        await word([host], 'handoverDeclined', { person: event.by });
        break;
      case 'amended':
        await review();
        break;
      case 'changeRequested':
        await review();
        break;
      case 'changed':
        if (before?.state.kind === 'approved' && before.state.change) await settle();
        await tellOfChange();
        // Whoever approved it hears what has become of it.
        if (state.kind === 'approved' && state.by !== null)
          await hear(without([state.by], attendees), 'change.news', { revision: String(after.revision) });
        break;
      case 'changeApproved':
        await settle();
        await hear([host], 'change.news', { revision: String(after.revision) });
        await tellOfChange();
        break;
      case 'changeRejected':
        await settle();
        await word([host], 'changeRejected', { reason: event.reason, person: event.by });
        break;
      case 'changeExpired':
        await settle();
        await word([host], 'changeExpired');
        break;
      case 'cancelRequested':
        await settle();
        await hear(decide, 'approval.request');
        await schedule(tx, 'cancel.confirm', {
          now,
          dueAt: event.due,
          subject,
          data: { ...data, asOf: String(after.revision) },
        });
        break;
      case 'cancelled':
        await ends();
        if (before?.state.kind === 'approved') {
          await news(attendees);
          await invite(host, ...attendees);
        }
        if (event.by !== host) await news([host]);
        break;
      case 'handedOver':
        await word([event.from, ...attendees], 'handedOver', { person: event.to });
        if (before && state.kind === 'approved') {
          await reminders.move(tx, before, after, now);
          await invite(event.from, event.to);
        }
        // The old host may review what the new one may not.
        if (matterOf(after)) await hear(await unasked(), 'approval.request');
        break;
      case 'declined':
      case 'undeclined':
        await word([host], event.type, { person: event.by });
        if (before && state.kind === 'approved') await reminders.move(tx, before, after, now);
        break;
      default:
        return never(event);
    }
    for (const place of freed) await offerFreed(tx, now, place);
    await refreshRivals(tx, now, transition);
    // Nobody can have a card of a new one yet.
    const shown = before ? [subject] : [];
    const series = after.series && !transition.quiet ? [seriesSubject(after.series)] : [];
    await refresh(tx, [...shown, ...series], now);
  };

/** What is planned while a booking waits for reviewers. */
const untilSettled = ['booking.expire', 'approval.request', 'approval.remind', 'approval.escalate'] as const;

/** What needs somebody's answer, by the view that asks for it. */
const openQuestions = {
  asked: 'approval.question',
  proposed: 'approval.proposal',
  handoverOffered: 'change.handover',
} as const;

/** True where a calendar shows it differently. */
const looksDifferent = (before: Booking, after: Booking): boolean =>
  (['start', 'end', 'room', 'topic', 'confidential', 'attendees'] as const).some(
    (field) => `${before[field]}` !== `${after[field]}`,
  );

const without = (people: readonly PersonId[], others: readonly PersonId[]): PersonId[] =>
  people.filter((person) => !others.includes(person));
