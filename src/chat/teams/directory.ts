import { TeamsInfo, type TurnContext } from 'botbuilder';
import { z } from 'zod';
import { Unreachable } from '../../core/errors.ts';
import type { Profile } from '../ports.ts';
import { type Personal, statusOf } from './personal.ts';

const text = z.string().nullish();
const member = z.looseObject({
  id: z.string(),
  name: text,
  aadObjectId: text,
  email: text,
  userPrincipalName: text,
  userRole: text,
  tenantId: text,
});

export type Directory = {
  /**
   * What Teams says of somebody in this conversation; of somebody else, in their own chat with the bot.
   * @throws Unreachable where Teams does not tell the bot of them: the app is not installed for them.
   */
  profile(turn: TurnContext, tenant: string, userId: string): Promise<Profile>;
  /** Somebody's name, or null where Teams does not tell it. */
  name(turn: TurnContext, tenant: string, userId: string): Promise<string | null>;
};

const mostNames = 10_000;

export function createDirectory(personal: Personal): Directory {
  // Names only: a form that is shown again asks for the same people at once.
  const names = new Map<string, string>();

  async function find(turn: TurnContext, tenant: string, userId: string): Promise<unknown> {
    try {
      return await TeamsInfo.getMember(turn, userId);
    } catch (error) {
      if (!isUnknown(error)) throw error;
    }
    const reference = await personal.open(tenant, userId);
    try {
      return await personal.enter(reference, (there) => TeamsInfo.getMember(there, userId));
    } catch (error) {
      if (isUnknown(error)) throw new Unreachable('Teams knows nobody of this id here');
      throw error;
    }
  }

  const directory: Directory = {
    async profile(turn, tenant, userId) {
      const profile = toProfile(await find(turn, tenant, userId), tenant);
      if (names.size >= mostNames) names.clear();
      names.set(`${tenant} ${profile.userId}`, profile.name);
      return profile;
    },

    async name(turn, tenant, userId) {
      const known = names.get(`${tenant} ${userId}`);
      if (known !== undefined) return known;
      try {
        return (await directory.profile(turn, tenant, userId)).name;
      } catch (error) {
        if (error instanceof Unreachable) return null;
        throw error;
      }
    },
  };
  return directory;
}

const isUnknown = (error: unknown): boolean => [400, 403, 404].includes(statusOf(error) ?? 0);

function toProfile(found: unknown, tenant: string): Profile {
  const known = member.parse(found);
  const kind = kindOf(known, tenant);
  const email = known.email || known.userPrincipalName || null;
  return {
    userId: known.aadObjectId || known.id,
    name: known.name ?? '',
    // A guest's address belongs to another organisation, which this tenant has not verified.
    email: kind === 'member' ? (email?.toLowerCase() ?? null) : null,
    kind,
    locale: null,
    zone: null,
  };
}

function kindOf(known: z.infer<typeof member>, tenant: string): Profile['kind'] {
  if (known.userRole === 'bot' || known.id.startsWith('28:')) return 'bot';
  if (known.userRole === 'anonymous' || (known.tenantId && known.tenantId !== tenant)) return 'external';
  if (known.userRole === 'guest' || known.userPrincipalName?.includes('#EXT#')) return 'guest';
  return 'member';
}
