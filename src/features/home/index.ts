import { z } from 'zod';
import { type CommandContext, command, type Feature } from '../../core/feature.ts';
import { may } from '../../core/rights.ts';
import type { Answer } from '../../core/view.ts';
import { helpCard } from './views.ts';

/** The most of an unknown text that is quoted back. */
const quoted = 60;

/** `/help`, the welcome, and the answer to whatever nothing else understands. */
export const home: Feature = {
  name: 'home',
  words: {
    help: () => ({ command: 'home.help', input: {} }),
    hi: () => ({ command: 'home.help', input: {} }),
    hello: () => ({ command: 'home.help', input: {} }),
  },
  commands: {
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
    'home.unknown': command({
      right: 'member',
      input: z.object({ text: z.string() }),
      acts: false,
      async handle(context, { text }) {
        const typed = [...text].slice(0, quoted).join('');
        const { reader } = context;
        return help(context, typed ? reader.t('home.unknown', { text: typed }) : reader.t('home.help'));
      },
    }),
  },
};

const help = ({ reader, actor }: CommandContext, text: string): Answer => ({
  kind: 'card',
  card: helpCard(reader, text, may(actor, 'admin')),
});
