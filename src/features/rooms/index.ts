import { z } from 'zod';
import { day } from '../../core/clock.ts';
import { type CommandContext, command, type Feature } from '../../core/feature.ts';
import type { RoomId } from '../../core/ids.ts';
import { may } from '../../core/rights.ts';
import type { Answer } from '../../core/view.ts';
import { rulesAt, rulesFor } from '../rules/index.ts';
import { closingAfter, isOpen, occupancy } from './domain.ts';
import { editForm, gone, save, typedRoom } from './saving.ts';
import { slotsByRoom } from './slots.ts';
import { countRooms, findRoom, searchRooms } from './store.ts';
import { type Listed, roomForm, roomOption, roomsCard } from './views.ts';

export * from './domain.ts';
export * from './draft.ts';
export * from './slots.ts';
export * from './store.ts';
export { equipmentNames, equipmentOptions, roomName, roomOption } from './views.ts';

const pageSize = 8;
const roomId = z.string().transform((id) => id as RoomId);
const text = z.string().default('');

/** The rooms: `/rooms`, and for admins `/rooms add`, `/rooms edit <name>`. */
export const rooms: Feature = {
  name: 'rooms',
  words: {
    rooms(rest) {
      const [first, ...others] = rest.split(/\s+/);
      if (first === 'add') return { command: 'rooms.add', input: {} };
      if (first === 'edit') return { command: 'rooms.editNamed', input: { text: others.join(' ') } };
      const day = /^(today|tomorrow|今天|明天|\d{4}-\d{2}-\d{2})(?: (\D*))?$/i.exec(rest);
      if (day) return { command: 'statistics.day', input: { day: day[1], text: day[2] ?? '' } };
      // What is said of time or needs is understood by the sentence feature, names and sites by the list.
      return rest
        ? { command: 'sentence.rooms', input: { text: rest } }
        : { command: 'rooms.list', input: {} };
    },
  },
  options: {
    rooms: async ({ tx, reader }, query) =>
      (await searchRooms(tx, { text: query, activeOnly: true, limit: 100, zone: reader.zone })).map((room) =>
        roomOption(reader, room),
      ),
  },
  commands: {
    'rooms.list': command({
      right: 'member',
      input: z.object({ text, page: z.coerce.number().int().min(1).default(1) }),
      acts: false,
      handle: listRooms,
    }),
    'rooms.add': command({
      right: 'admin',
      input: z.object({}),
      acts: false,
      handle: async ({ reader, token }) => ({
        kind: 'form',
        form: roomForm(reader, { token: token(), room: null }),
      }),
    }),
    'rooms.edit': command({
      right: 'admin',
      input: z.object({ room: roomId }),
      acts: false,
      async handle(context, input) {
        const room = await findRoom(context.tx, input.room);
        return room ? editForm(context, room) : gone(context);
      },
    }),
    'rooms.editNamed': command({
      right: 'admin',
      input: z.object({ text }),
      acts: false,
      async handle(context, input) {
        const found = await searchRooms(context.tx, { text: input.text, activeOnly: false, limit: 2 });
        const [only] = found;
        return only && found.length === 1
          ? editForm(context, only)
          : listRooms(context, { text: input.text, page: 1 });
      },
    }),
    'rooms.save': command({
      right: 'admin',
      input: typedRoom,
      people: ['reviewers'],
      acts: true,
      handle: save,
    }),
  },
};

/** A page of rooms whose name, site or floor hold the words, with how each stands now. */
export async function listRooms(
  { tx, now, reader, actor }: CommandContext,
  input: { text: string; page: number },
): Promise<Answer> {
  const admin = may(actor, 'admin');
  const search = { text: input.text, activeOnly: !admin };
  const total = await countRooms(tx, search);
  const pages = Math.max(1, Math.ceil(total / pageSize));
  const page = Math.min(input.page, pages);
  const found = await searchRooms(tx, {
    ...search,
    limit: pageSize,
    offset: (page - 1) * pageSize,
    zone: reader.zone,
  });
  const slots = await slotsByRoom(
    tx,
    found.map((it) => it.id),
    { start: now, end: now + day },
  );
  const { document } = await rulesAt(tx, now);
  const listed = found.map((room): Listed => {
    const hours = rulesFor(document, room);
    const open = isOpen({ start: now, end: now + 1 }, room.zone, hours);
    if (!open) return { room, occupancy: 'closed' };
    const closes = closingAfter(now, room.zone, hours);
    return { room, occupancy: occupancy(slots.get(room.id) ?? [], now, closes) };
  });
  return {
    kind: 'card',
    card: roomsCard(reader, { rooms: listed, total, page, pages, text: input.text, admin }),
  };
}
