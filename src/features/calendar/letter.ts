import type { Mail, MailDef } from '../../core/feature.ts';
import { type BookingId, bookingSubject, seriesSubject } from '../../core/ids.ts';
import type { Fact } from '../../core/view.ts';
import { rowsAbout } from '../../db/outbox.ts';
import type { MessageKey } from '../../i18n/keys.ts';
import type { Reader } from '../../i18n/reader.ts';
import { type Detail, loadDetail, outcomeText, sharedFacts } from '../booking/index.ts';
import type { Directory } from '../people/index.ts';
import { loadWhole, seriesFacts, type Whole } from '../series/index.ts';
import { answersTo, isInvited, type Sender, type Viewer } from './event.ts';
import { invitationOf, removalOf, seriesInvitation } from './invitation.ts';
import { invitationMail } from './mailing.ts';
import { wantMail } from './settings.ts';
import { contactsOf, leadsFor, viewerOf } from './viewer.ts';

/** What a mail is about: it invites, brings up to date, or takes out. */
type News = 'booked' | 'invited' | 'changed' | 'cancelled' | 'removed';

/** Topic, time, room and host: who else comes is no matter any more. */
const shownOfEnded = 4;

/** Everything that a mail says. `detail`: the booking, or the date that stands for its series. */
type Letter = {
  viewer: Viewer & { sender: Sender };
  detail: Detail;
  whole: Whole | null;
  news: News;
  to: string;
  calendar: string;
  /** They asked for mail; otherwise it comes because they can't be reached in chat. */
  wanted: boolean;
};

/**
 * The invitation by e-mail as things stand when it is sent (2.3). Null where there is nothing to say: it was not approved,
 * or the person is no member any more.
 */
export const createInvitationMail =
  (directory: Pick<Directory, 'addresses' | 'clocksOf'>, sender: Sender): MailDef =>
  async ({ tx, now, reader, recipient }, data) => {
    const named = await loadDetail(tx, data.booking as BookingId);
    const known = await viewerOf(tx, directory, recipient, now);
    if (!named || !known) return null;
    const { series } = named.booking;
    const whole = series ? await loadWhole(tx, series) : null;
    const { selves } = known;
    const theirs = (whole?.details ?? [named]).filter(({ booking }) => isInvited(booking, selves));
    const takesPlace = theirs.filter(({ booking }) => booking.state.kind === 'approved');
    const next = takesPlace.find(({ booking }) => booking.end > now);
    const detail = next ?? takesPlace[0] ?? theirs[0] ?? named;
    const bookings = theirs.length > 0 ? theirs.map((it) => it.booking) : [named.booking];
    const emailOf = await contactsOf(tx, bookings, [recipient]);
    const to = emailOf(recipient);
    if (to === null) return null;

    const leadsOf = await leadsFor(tx, recipient, bookings);
    const viewer = { reader, selves, leadsOf, emailOf, sender };
    const entry = { detail, stamp: now };
    const invitation = whole ? seriesInvitation(viewer, whole, now) : invitationOf(viewer, entry);
    const removed = theirs.length === 0;
    const calendar = removed ? removalOf(viewer, entry, whole, to) : invitation;
    if (calendar === null) return null;

    const subjects = [series ? seriesSubject(series) : bookingSubject(named.booking.id)];
    const before = await rowsAbout(tx, { subjects, name: invitationMail, people: [recipient] });
    const again = before.some(({ state }) => state === 'done');
    const news = removed ? 'removed' : newsOf(detail, selves, again);
    const wanted = (await wantMail(tx, [recipient])).has(recipient);
    return write({ viewer, detail, whole, news, to, calendar, wanted });
  };

function newsOf({ booking }: Detail, selves: Viewer['selves'], again: boolean): News {
  if (booking.state.kind === 'cancelled') return 'cancelled';
  if (again) return 'changed';
  return selves.includes(booking.host) ? 'booked' : 'invited';
}

function write({ viewer, detail, whole, news, to, calendar, wanted }: Letter): Mail {
  const { reader, sender } = viewer;
  const { booking, room, nameOf } = detail;
  const { host, number } = booking;
  // Whoever is not invited any more hears nothing more of what is confidential (5.3).
  const isClosed = booking.confidential && !isInvited(booking, viewer.selves);
  const topic = isClosed ? reader.t('booking.title', { number }) : booking.topic;
  const when = { instant: booking.start, zone: reader.zone };
  const ends = news === 'cancelled' || news === 'removed';
  const replyTo = answersTo(viewer, booking);
  const answers: MessageKey = replyTo === null ? 'calendar.mail.noAnswer' : 'calendar.mail.answer';
  const facts = whole ? seriesFacts(reader, whole) : sharedFacts(reader, detail);
  const outcome = news === 'cancelled' ? outcomeText(reader, detail) : null;
  const paragraphs = [
    [
      reader.t(`calendar.mail.${news}`, { topic, number, host: nameOf(host) }),
      ...(outcome === null ? [] : [outcome]),
    ],
    isClosed ? [] : factLines(reader, ends ? facts.slice(0, shownOfEnded) : facts),
    ends || !room.joinLink ? [] : [reader.t('calendar.line.join', { text: room.joinLink })],
    [
      ...(ends ? [] : [reader.t(answers, { host: nameOf(host) })]),
      reader.t(wanted ? 'calendar.mail.wanted' : 'calendar.mail.unreached', { name: sender.name }),
    ],
  ];
  return {
    to,
    ...(replyTo === null ? {} : { replyTo }),
    subject: reader.t(`calendar.mail.subject.${news}`, { topic, when }),
    text: paragraphs
      .filter((lines) => lines.length > 0)
      .map((lines) => lines.join('\n'))
      .join('\n\n'),
    calendar: { method: ends ? 'CANCEL' : 'REQUEST', text: calendar },
  };
}

/** A time can have two lines, by two clocks. */
const factLines = (reader: Reader, facts: readonly Fact[]): string[] =>
  facts.map(({ label, value }) =>
    reader.t('calendar.mail.fact', { label, value: value.replaceAll('\n', '\n    ') }),
  );
