import { addDays, toLocal, weekdayOf } from '../../src/core/time.ts';
import { type Db, openDatabase } from '../../src/db/database.ts';
import { saveAccount } from '../../src/features/people/index.ts';
import { saveRoom } from '../../src/features/rooms/index.ts';
import { ensureRules } from '../../src/features/rules/index.ts';
import { aRoom } from '../../test/support/examples.ts';

/** More than any of them does in a minute, so that nobody is told to slow down. */
export const people = 4_000;
export const rooms = 1_000;
export const tenants = { slack: 'T0000000001', teams: '00000000-0000-4000-8000-00000000000a' } as const;
export const zone = 'UTC';

const { id: _, ...plainRoom } = aRoom();

export const userId = (n: number): string => `U${String(n % people).padStart(9, '0')}`;

/** In which workspace somebody is, where they are in several; `n`: by whose number. */
export type WorkspaceOf = (n: number) => string;
const inOne: WorkspaceOf = () => tenants.slack;

/** Everybody of an organisation, known on both platforms, and its rooms, each with a reviewer of its own. */
export async function fill(path: string, workspaceOf: WorkspaceOf = inOne): Promise<Db> {
  const db = openDatabase(path);
  const now = Date.now();
  await db.transact(async (tx) => {
    await ensureRules(tx);
    const persons = [];
    for (let n = 0; n < people; n++) {
      const known = {
        name: `Person ${n}`,
        email: `p${n}@example.org`,
        kind: 'member' as const,
        locale: 'en-US',
        zone,
      };
      for (const platform of ['slack', 'teams'] as const) {
        const tenant = platform === 'slack' ? workspaceOf(n) : tenants.teams;
        const key = { platform, tenant, userId: userId(n) };
        persons[n] = (await saveAccount(tx, key, known, now)).person;
      }
    }
    for (let n = 0; n < rooms; n++) {
      const reviewer = persons[people - 1 - n];
      await saveRoom(
        tx,
        { ...plainRoom, zone, name: `Room ${n}`, reviewers: reviewer ? [reviewer] : [] },
        null,
      );
    }
  });
  return db;
}

const [firstDay] = [addDays(toLocal(Date.now(), zone).date, 2)];
/** Working days to come. */
const workDays = Array.from({ length: 50 }, (_, n) => addDays(firstDay, n)).filter(
  (date) => weekdayOf(date) <= 5,
);

/** Half hours of working days to come: the n-th is free whatever the others are. */
export function slotOf(n: number): { room: number; date: string; start: string } {
  const [room, at] = [n % rooms, Math.floor(n / rooms)];
  const half = at % 20;
  const date = workDays[Math.floor(at / 20)];
  if (!date) throw new Error('no more days are measured');
  return {
    room,
    date,
    start: `${String(8 + Math.floor(half / 2)).padStart(2, '0')}:${half % 2 ? '30' : '00'}`,
  };
}
