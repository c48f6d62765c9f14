import type { Feature } from '../../core/feature.ts';
import { approvalCommands } from './change-approval.ts';
import { limitCommands } from './change-limits.ts';
import { ruleCommands } from './change-rule.ts';
import type { RulesParts } from './parts.ts';
import { showCommands } from './show.ts';
import { tryCommands } from './try-request.ts';

export * from './approval.ts';
export * from './domain.ts';
export * from './store.ts';

/** The rules: `/rules`, `/rules history`, `/rules test …`, and what admins change of them. */
export function createRules(parts: RulesParts): Feature {
  return {
    name: 'rules',
    words: {
      rules(rest) {
        const [, word = '', others = ''] = /^(\S*)\s*([\s\S]*)$/.exec(rest) ?? [];
        if (/^history$/i.test(word)) return { command: 'rules.history', input: {} };
        if (/^test$/i.test(word)) return { command: 'rules.test', input: { text: others } };
        return { command: 'rules.show', input: {} };
      },
    },
    commands: {
      ...showCommands(parts),
      ...limitCommands(parts),
      ...approvalCommands(parts),
      ...ruleCommands(parts),
      ...tryCommands(parts),
    },
  };
}
