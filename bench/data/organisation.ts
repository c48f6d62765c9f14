import type Database from 'better-sqlite3';
import type { AccountId } from '../../src/core/ids.ts';
import { account, personRole, person as personTable } from '../../src/features/people/schema.ts';
import { roomReviewer, room as roomTable } from '../../src/features/rooms/schema.ts';
import {
  admin,
  adminUserId,
  departmentOf,
  type Firm,
  person,
  popular,
  reviewersOf,
  room,
  siteOf,
  tenant,
  userId,
  zoneOf,
} from './firm.ts';
import { inserter } from './insert.ts';
import { idOf } from './random.ts';

/** Rooms with their reviewers, and everybody who works there, with an account on Slack. */
export function fillOrganisation(db: Database.Database, firm: Firm): void {
  const addRoom = inserter(db, roomTable);
  const addReviewer = inserter(db, roomReviewer);
  for (let n = 0; n < firm.rooms; n++) {
    addRoom({
      id: room(n),
      name: `Room ${n}`,
      site: `Site ${siteOf(n)}`,
      floor: `${1 + (n % 7)}`,
      zone: zoneOf(n),
      kind: 'physical',
      capacity: 4 + (n % 20),
      equipment: n % 3 === 0 ? ['projector'] : [],
      buffer: 0,
      active: true,
    });
    for (const reviewer of reviewersOf(n)) addReviewer({ room: room(n), person: person(reviewer) });
  }

  const addPerson = inserter(db, personTable);
  const addAccount = inserter(db, account);
  let accounts = 0;
  const add = (id: typeof admin, name: string, user: string, zone: string, department: string) => {
    addPerson({ id, name, email: `${user.toLowerCase()}@example.org`, createdAt: 0, department });
    addAccount({
      id: idOf<AccountId>('account', accounts++),
      person: id,
      platform: 'slack',
      tenant,
      userId: user,
      kind: 'member',
      locale: 'en-US',
      zone,
      checkedAt: firm.now,
      seenAt: firm.now,
      welcomedAt: firm.now,
    });
  };
  for (let n = 0; n < firm.people; n++)
    add(person(n), `Person ${n}`, userId(n), zoneOf(Math.floor(n / 10)), departmentOf(n));
  add(popular, 'Person Popular', 'UPOPULAR', 'Europe/Berlin', 'Board');
  add(admin, 'Person Admin', adminUserId, 'Europe/Berlin', 'Board');
  inserter(db, personRole)({ person: admin, role: 'admin', since: 0, by: admin });
}
