import type { Feature } from './core/feature.ts';
import { createApproval } from './features/approval/index.ts';
import { createBooking, createBookingService } from './features/booking/index.ts';
import { createDeliveryReports } from './features/delivery/index.ts';
import { home } from './features/home/index.ts';
import { createDirectory, createPeople, type PeopleSettings } from './features/people/index.ts';
import { reminder } from './features/reminder/index.ts';
import { rooms } from './features/rooms/index.ts';
import { createRules } from './features/rules/index.ts';
import { react } from './reactions.ts';

/** All features and what they share. A new feature is a line here. */
export function createProduct(settings: PeopleSettings & { organisation: string }) {
  const directory = createDirectory(settings);
  const bookings = createBookingService({ react, admins: directory.admins });
  const reports = createDeliveryReports(directory);
  const features: Feature[] = [
    home,
    createPeople(directory),
    rooms,
    createRules(settings.organisation),
    createBooking(bookings),
    createApproval(bookings),
    reminder,
    reports.feature,
  ];
  return { directory, bookings, reports, features };
}
