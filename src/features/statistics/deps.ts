import type { PersonId } from '../../core/ids.ts';
import type { Picture } from '../../core/view.ts';
import type { Delivered, Parcel } from '../files/index.ts';
import type { Background } from './background.ts';
import type { SchedulePeople } from './schedules.ts';

/**
 * Makes a picture visible in the chats of one person, or where they have it posted; null: that can't be done here.
 * `lasts`: milliseconds, as long as links last unless told.
 */
export type Pictures = {
  publish(png: Buffer, alt: string, person: PersonId, lasts?: number): Promise<Picture | null>;
};

/** What statistics need of the rest of the program. */
export type StatisticsDeps = {
  background: Background;
  /** Null: cards come without pictures. */
  pictures: Pictures | null;
  people: SchedulePeople;
  /** Gives somebody a file, in a transaction of its own; null: that can't be done here. */
  deliver: ((parcel: Parcel) => Promise<Delivered>) | null;
};
