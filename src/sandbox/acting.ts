import type { Instant } from '../core/clock.ts';
import type { CommandContext, Feature } from '../core/feature.ts';
import type { AccountId, PersonId } from '../core/ids.ts';
import type { Role } from '../core/rights.ts';
import type { Card, CommandAction } from '../core/view.ts';
import type { Tx } from '../db/database.ts';
import { createReader } from '../i18n/reader.ts';
import { type Member, type MemberName, people } from './people.ts';

type Inputs = Record<string, string | string[] | boolean>;

export type Acting = ReturnType<typeof createActing>;

/** Does what members of the demo organisation do in chat, through the same commands. */
export function createActing(features: readonly Feature[], ids: Record<MemberName, PersonId>) {
  const commands = new Map(features.flatMap((feature) => Object.entries(feature.commands ?? {})));

  /** @throws where the command is not answered with a card: what the demo tells of is possible on every day. */
  async function act(tx: Tx, now: Instant, who: MemberName, command: string, input: Inputs): Promise<Card> {
    const def = commands.get(command);
    if (!def) throw new Error(`the demo uses an unknown command: ${command}`);
    const answer = await def.handle(contextOf(tx, now, who), def.input.parse({ token: command, ...input }));
    if (answer.kind !== 'card')
      throw new Error(`the demo's ${command} is not done: ${JSON.stringify(answer)}`);
    return answer.card;
  }

  /** Presses the button of a card that sends this command. */
  const press = (tx: Tx, now: Instant, who: MemberName, card: Card, command: string): Promise<Card> =>
    act(tx, now, who, command, buttonOf(card, command).data);

  function contextOf(tx: Tx, now: Instant, who: MemberName): CommandContext {
    const member: Member = people[who];
    // Who is admin by the setting is not admin by a role.
    const roles = new Set<Role>(member.roles);
    return {
      tx,
      now,
      reader: createReader(member.language ?? 'en', member.zone, now),
      actor: { person: ids[who], account: '' as AccountId, platform: 'teams', name: member.name, roles },
      strangers: {},
      mentioned: new Map(),
      channels: new Map(),
      place: null,
      token: () => `${who} ${now}`,
    };
  }

  return { act, press };
}

/** The button of a card that sends a command. @throws where it has none. */
export function buttonOf(card: Card, command: string): CommandAction {
  const actions = [...(card.actions ?? []), ...(card.rows ?? []).flatMap((row) => row.actions ?? [])];
  const found = actions.find((it) => it.kind === 'command' && it.command === command);
  if (found?.kind !== 'command')
    throw new Error(`the demo finds no button for ${command} on “${card.title}”`);
  return found;
}
