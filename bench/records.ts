import { day } from '../src/core/clock.ts';
import { openDatabase, type Tx } from '../src/db/database.ts';
import { findByScan, findRecords, type Sought, type Viewer } from '../src/features/records/index.ts';
import { daysPast, type Firm, person, popular, room } from './data/firm.ts';
import { filled } from './data/template.ts';
import { compare } from './results.ts';

const nothing: Sought = {
  number: null,
  person: null,
  room: null,
  site: null,
  department: null,
  state: null,
  from: null,
  until: null,
  words: null,
  rooms: null,
  hosts: null,
};
const rooms = (first: number, many: number) => Array.from({ length: many }, (_, n) => room(first + n));
const hosts = (first: number, many: number) => Array.from({ length: many }, (_, n) => person(first + n));

const admin: Viewer = { selves: [person(1)], rooms: [], all: true };
const reviewer: Viewer = { selves: [person(2)], rooms: rooms(10, 8), all: false };
const employee: Viewer = { selves: [person(3)], rooms: [], all: false };
type Searched = [what: string, viewer: Viewer, sought: Partial<Sought>, page?: number];

function searchesIn(firm: Firm): Searched[] {
  const from = firm.now - daysPast * day;
  const month = { from: from + 150 * day, until: from + 180 * day };
  return [
    ['all, the latest', admin, {}],
    ['one number', admin, { number: 500_000 }],
    ['a person', admin, { person: [person(77)] }],
    ['a room', admin, { rooms: [room(7)] }],
    ['a site of 100 rooms, rejected', admin, { rooms: rooms(0, 100), state: 'rejected' }],
    ['rejected in a month in a room', admin, { rooms: [room(7)], state: 'rejected', ...month }],
    ['a department in a month', admin, { hosts: hosts(0, 250), ...month }],
    ['a small department, expired', admin, { hosts: hosts(5, 3), state: 'expired' }],
    ['a rare word', admin, { words: 'zeppelin' }],
    ['a word of two characters', admin, { words: '預算' }],
    ['common words', admin, { words: 'design review' }],
    ['common words in a room', admin, { words: 'review', rooms: [room(7)] }],
    ['a common word in a month, rejected', admin, { words: 'review', state: 'rejected', ...month }],
    ['a common word and a person', admin, { words: 'review', person: [person(77)] }],
    ['a word that nothing holds with a common one', admin, { words: 'review airship' }],
    ['as a reviewer, the latest', reviewer, {}],
    ['as a reviewer, a common word', reviewer, { words: 'review' }],
    ['as a reviewer, expired', reviewer, { state: 'expired' }],
    ['as an employee, the latest', employee, {}],
    ['as an employee, a common word', employee, { words: 'review' }],
    ['who is invited to 50,000', admin, { person: [popular] }],
    ['who is invited to 50,000, and expired', admin, { person: [popular], state: 'expired' }],
    ['who is invited to 50,000, in a month', admin, { person: [popular], ...month }],
    ['who is invited to 50,000, in one room', admin, { person: [popular], rooms: [room(7)] }],
    ['who is invited to 50,000, a common word', admin, { person: [popular], words: 'review' }],
    ['as one who is invited to 50,000', { ...employee, selves: [popular] }, {}],
    ['as one who is invited to 50,000, expired', { ...employee, selves: [popular] }, { state: 'expired' }],
    ['as one who is invited to 50,000, a word', { ...employee, selves: [popular] }, { words: '預算' }],
    ['a common word, expired', admin, { words: 'review', state: 'expired' }],
    ['a common word in a site of 100 rooms', admin, { words: 'review', rooms: rooms(0, 100) }],
    ['a common word in a department', admin, { words: 'review', hosts: hosts(0, 250) }],
    [
      'a common word and one person in a room',
      admin,
      { words: 'review', person: [person(77)], rooms: [room(7)] },
    ],
    ['one character', admin, { words: '預' }],
    ['four characters', admin, { words: '預算會議' }],
    ['two words of which one is rare', admin, { words: 'review 4711' }],
    [
      'a room where nothing is expired in a week',
      admin,
      { rooms: [room(7)], state: 'expired', from, until: from + 7 * day },
    ],
    [
      'a department of 250, expired, in a room',
      admin,
      { hosts: hosts(0, 250), state: 'expired', rooms: [room(7)] },
    ],
    ['all', admin, {}, 2000],
    ['a room', admin, { rooms: [room(7)] }, 200],
    ['common words', admin, { words: 'design review' }, 2000],
    ['who is invited to 50,000', admin, { person: [popular] }, 2000],
    ['as a reviewer', reviewer, {}, 1000],
  ];
}

/** A page of the records by index, beside one plain query. */
export async function records(): Promise<void> {
  const firm = await filled(1_000_000);
  const { read, close } = openDatabase(firm.path);
  for (const [what, viewer, its, page = 1] of searchesIn(firm)) {
    const sought = { ...nothing, ...its };
    await check(read, sought, viewer);
    const it = { page, pageSize: 5 };
    await compare({
      name: page === 1 ? what : `${what}, page ${page}`,
      work: () => findRecords(read, sought, viewer, it),
      beside: 'one plain query',
      reference: () => findByScan(read, sought, viewer, it),
      bar: 20,
      holds: 'value at most',
      rounds: 5,
    });
  }
  await close();
}

/** Both find the same, or the figures mean nothing. */
async function check(read: Tx, sought: Sought, viewer: Viewer): Promise<void> {
  const it = { page: 2, pageSize: 5 };
  const quick = (await findRecords(read, sought, viewer, it)).bookings.map((found) => found.id);
  const slow = await findByScan(read, sought, viewer, it);
  if (JSON.stringify(quick) !== JSON.stringify(slow))
    throw new Error(`${JSON.stringify(sought)}: not the same`);
}
