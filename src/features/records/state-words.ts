import type { State } from '../booking/index.ts';

const english = (source: string): string => `(?<![a-z\\d])(?:${source})(?![a-z\\d])`;

/** What people call the states, in three languages; where one word holds another, the longer stands first. */
const words: Record<State['kind'], RegExp> = {
  requested: new RegExp(
    `${english('requested|pending|waiting')}|[待未](?:審核|审核|审批|核准|批准)|[審审][核批]中`,
    'iu',
  ),
  approved: new RegExp(`${english('approved|confirmed')}|已?(?:核准|批准)`, 'iu'),
  rejected: new RegExp(`${english('rejected|refused|declined')}|已?[駁驳]回|被[拒駁驳][絕绝回]`, 'iu'),
  withdrawn: new RegExp(`${english('withdrawn')}|已?撤[回銷销]`, 'iu'),
  expired: new RegExp(`${english('expired')}|已?失效|已?[過过]期`, 'iu'),
  cancelled: new RegExp(`${english('cancell?ed')}|已?取消`, 'iu'),
};

/** The state that a text names (null: none), and what else it says. */
export function stateIn(text: string): { state: State['kind'] | null; rest: string } {
  for (const [state, says] of Object.entries(words))
    if (says.test(text)) return { state: state as State['kind'], rest: text.replace(says, ' ') };
  return { state: null, rest: text };
}
