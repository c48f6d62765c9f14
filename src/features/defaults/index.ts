import { z } from 'zod';
import { type CommandContext, command, type Feature } from '../../core/feature.ts';
import type { RoomId } from '../../core/ids.ts';
import type { Answer } from '../../core/view.ts';
import { findRoom, type Room, roomOption, searchRooms, sitesInUse } from '../rooms/index.ts';
import { rulesAt, rulesFor } from '../rules/index.ts';
import { type DefaultsProblems, noPreference, readDefaults, type TypedDefaults } from './domain.ts';
import { defaultsOf, saveDefaults } from './store.ts';
import { defaultsForm, defaultsSavedCard } from './views.ts';

export * from './domain.ts';
export { defaultsOf } from './store.ts';
export { defaultsText } from './views.ts';

/** As many as a card holds beside the rest; the others are found by typing. */
const roomsInForm = 60;

const text = z.string().default('');

/** What somebody's booking form is preset to: site, room and length (2.1). */
export const defaults: Feature = {
  name: 'defaults',
  options: {
    defaultRooms: async ({ tx, reader }, query) => {
      const found = await searchRooms(tx, { text: query, activeOnly: true, limit: 99, zone: reader.zone });
      const none = { value: noPreference, label: reader.t('home.defaults.none') };
      return [...(query.trim() === '' ? [none] : []), ...found.map((room) => roomOption(reader, room))];
    },
  },
  commands: {
    'defaults.edit': command({
      right: 'member',
      input: z.object({}),
      acts: false,
      async handle(context) {
        const { site, room, minutes } = await defaultsOf(context.tx, context.actor.person);
        const typed = { site: site ?? '', room: room ?? '', minutes: minutes ? String(minutes) : '' };
        return form(context, context.token(), typed);
      },
    }),
    'defaults.save': command({
      right: 'member',
      input: z.object({ token: z.string(), site: text, room: text, minutes: text }),
      acts: true,
      async handle(context, { token, ...typed }) {
        const { tx, actor, reader } = context;
        const facts = await factsFor(context, typed);
        const read = readDefaults(typed, facts);
        if (!read.ok) return form(context, token, typed, read.problems);
        await saveDefaults(tx, actor.person, read.defaults);
        return { kind: 'card', card: defaultsSavedCard(reader, read.defaults, facts.room) };
      },
    }),
  },
};

async function factsFor({ tx, now }: CommandContext, typed: TypedDefaults) {
  const room: Room | null = typed.room ? await findRoom(tx, typed.room as RoomId) : null;
  const { document } = await rulesAt(tx, now);
  const rules = rulesFor(document, room);
  return { sites: await sitesInUse(tx), room, rules };
}

async function form(
  context: CommandContext,
  token: string,
  typed: TypedDefaults,
  problems?: DefaultsProblems,
): Promise<Answer> {
  const { tx, reader } = context;
  const { room, ...facts } = await factsFor(context, typed);
  const found = await searchRooms(tx, { activeOnly: true, limit: roomsInForm, zone: reader.zone });
  const rooms = room && !found.some((it) => it.id === room.id) ? [room, ...found] : found;
  const shown = defaultsForm(reader, { token, typed, rooms, ...facts, ...(problems ? { problems } : {}) });
  return problems ? { kind: 'invalid', form: shown } : { kind: 'form', form: shown };
}
