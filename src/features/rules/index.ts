import { z } from 'zod';
import { command, type Feature } from '../../core/feature.ts';
import { rulesAt } from './store.ts';
import { rulesCard } from './views.ts';

export * from './domain.ts';
export * from './store.ts';

/** The rules in force, shown by `/rules`. */
export function createRules(organisation: string): Feature {
  return {
    name: 'rules',
    words: { rules: () => ({ command: 'rules.show', input: {} }) },
    commands: {
      'rules.show': command({
        right: 'member',
        input: z.object({}),
        acts: false,
        handle: async ({ tx, now, reader }) => ({
          kind: 'card',
          card: rulesCard(reader, await rulesAt(tx, now), organisation),
        }),
      }),
    },
  };
}
