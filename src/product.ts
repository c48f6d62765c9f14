import type { Feature } from './core/feature.ts';
import { createApproval } from './features/approval/index.ts';
import { createBooking, createBookingService, presetFor } from './features/booking/index.ts';
import { createCalendar, createMailing, type Sender } from './features/calendar/index.ts';
import { createCancel } from './features/cancel/index.ts';
import { createChange } from './features/change/index.ts';
import { defaults } from './features/defaults/index.ts';
import { createDeliveryReports } from './features/delivery/index.ts';
import { createDrafts } from './features/draft/index.ts';
import { createDuties, substitutesAt } from './features/duties/index.ts';
import { createDisk, createFilesFeature } from './features/files/index.ts';
import { createHome } from './features/home/index.ts';
import {
  createDirectory,
  createPeople,
  departments,
  namesOf,
  type PeopleSettings,
} from './features/people/index.ts';
import { createRecords, type Exports } from './features/records/index.ts';
import { createReminder, createReminders } from './features/reminder/index.ts';
import { rooms, searchRooms } from './features/rooms/index.ts';
import { createRules } from './features/rules/index.ts';
import { createSentence } from './features/sentence/index.ts';
import { createSeries, repeatsText } from './features/series/index.ts';
import {
  createBackground,
  createStatistics,
  type Pictures,
  recordRefusal,
  type StatisticsDeps,
} from './features/statistics/index.ts';
import { createWaitlist } from './features/waitlist/index.ts';
import { createReactions } from './reactions.ts';

/** More than any organisation has. */
const mostRooms = 10_000;

/** All features and what they share. A new feature is a line here. */
export function createProduct(
  settings: PeopleSettings & { organisation: string; databasePath: string },
  outlets: {
    pictures: Pictures | null;
    exports: Exports | null;
    sender: Sender | null;
    deliver?: StatisticsDeps['deliver'];
  } = {
    pictures: null,
    exports: null,
    sender: null,
  },
) {
  const directory = createDirectory(settings);
  const reminders = createReminders(directory);
  const mailing = createMailing(directory, outlets.sender);
  const bookings = createBookingService({
    react: createReactions({ reminders, mailing }),
    admins: directory.admins,
    substitutes: substitutesAt,
    standing: directory.standing,
    refused: recordRefusal,
  });
  const drafts = createDrafts(bookings, repeatsText);
  const background = createBackground(settings.databasePath);
  const reports = createDeliveryReports(directory, mailing);
  const features: Feature[] = [
    createHome(bookings),
    defaults,
    createPeople(directory),
    rooms,
    createRules({
      organisation: settings.organisation,
      rooms: (tx) => searchRooms(tx, { activeOnly: false, limit: mostRooms }),
      departments,
      standing: directory.standing,
      preset: (scope, room) => presetFor(scope, '', room),
      namesOf,
    }),
    createBooking(bookings, drafts),
    drafts.feature,
    createWaitlist(bookings),
    createApproval(bookings),
    createDuties({ bookings, directory }),
    createChange(bookings),
    createCancel(bookings),
    createSeries(bookings),
    createSentence(drafts),
    createRecords({ substitutes: substitutesAt, exports: outlets.exports }),
    createReminder({ reminders, bookings }),
    createStatistics({
      background,
      pictures: outlets.pictures,
      people: directory,
      deliver: outlets.deliver ?? null,
    }),
    createCalendar({ directory, mailing }),
    createFilesFeature(createDisk(settings.databasePath)),
    reports.feature,
  ];
  return { directory, bookings, background, reports, features };
}
