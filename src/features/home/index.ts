import { z } from 'zod';
import { type CommandContext, command, type Feature } from '../../core/feature.ts';
import { may } from '../../core/rights.ts';
import type { Answer } from '../../core/view.ts';
import { agendaOf, type BookingService, loadDetails } from '../booking/index.ts';
import { defaultsOf, defaultsText } from '../defaults/index.ts';
import { selvesOf } from '../people/index.ts';
import { findRoom } from '../rooms/index.ts';
import { helpCard, homeCard } from './views.ts';
import { waitingFor } from './waiting.ts';

/** The most of an unknown text that is quoted back. */
const quoted = 60;
/** How many of the next meetings are shown. */
const shown = 5;

const toHome = () => ({ command: 'home.show', input: {} });

/** `/home`, also the answer to a greeting; `/help`, the welcome, and the answer to whatever nothing else understands. */
export const createHome = (bookings: BookingService): Feature => ({
  name: 'home',
  words: {
    help: () => ({ command: 'home.help', input: {} }),
    home: toHome,
    hi: toHome,
    hello: toHome,
    你好: toHome,
    您好: toHome,
  },
  commands: {
    'home.show': command({
      right: 'member',
      input: z.object({}),
      acts: false,
      handle: (context) => showHome(context, bookings),
    }),
    'home.help': command({
      right: 'member',
      input: z.object({}),
      acts: false,
      handle: async (context) => help(context, context.reader.t('home.help')),
    }),
    'home.welcome': command({
      right: 'member',
      input: z.object({}),
      acts: false,
      handle: async (context) =>
        help(context, context.reader.t('home.welcome', { name: context.actor.name })),
    }),
  },
});

/** The answer to a text that nothing understands: it is quoted back, with what is understood. */
export function unknownAnswer(context: CommandContext, text: string): Answer {
  const typed = [...text].slice(0, quoted).join('');
  const { reader } = context;
  return help(context, typed ? reader.t('home.unknown', { text: typed }) : reader.t('home.help'));
}

async function showHome(
  { tx, now, reader, actor }: CommandContext,
  bookings: BookingService,
): Promise<Answer> {
  const { person, name } = actor;
  const selves = await selvesOf(tx, person);
  const agenda = await agendaOf(tx, selves, { from: now });
  const details = await loadDetails(tx, agenda.slice(0, shown));
  const defaults = await defaultsOf(tx, person);
  const room = defaults.room && (await findRoom(tx, defaults.room));
  const card = homeCard(reader, {
    name,
    waiting: await waitingFor(tx, bookings, { person, selves, agenda, now }),
    meetings: details.map((detail) => ({ detail, hosting: selves.includes(detail.booking.host) })),
    defaults: defaultsText(reader, defaults, room),
  });
  return { kind: 'card', card };
}

const help = ({ reader, actor }: CommandContext, text: string): Answer => ({
  kind: 'card',
  card: helpCard(reader, text, may(actor, 'admin')),
});
