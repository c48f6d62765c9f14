import type { Activity } from 'botbuilder';
import type { TeamsConfig } from '../../config.ts';
import type { Logger } from '../../core/logger.ts';
import { type Incoming, isBot, readActivity, readEnvelope, tenantsOf, userIdOf } from './activity.ts';
import type { Authenticated, Connector } from './connector.ts';

/** What the door says of a request (6.4). */
export type Verdict =
  | { let: 'in'; activity: Incoming; raw: Activity; proof: Authenticated; tenant: string }
  /** Authentic, but not for this organisation or not from a person: recorded, and people are told. */
  | {
      let: 'away';
      activity: Incoming;
      raw: Activity;
      proof: Authenticated;
      tenant: string;
      why: 'tenant' | 'bot';
    }
  /** Not authentic or not readable: answered with a bare status, for whoever sent it may be anybody. */
  | { let: 'nothing'; status: 400 | 401 | 403 | 503 };

/** Checks token, service address and tenant, in this order, before the rest of a request is read. */
export function createDoor(config: TeamsConfig, connector: Connector, logger: Logger) {
  const allowed = new Set(config.allowedTenants);
  const sandbox = config.sandboxServiceUrls?.map(withoutSlash);

  return async function check(body: unknown, authorization: string): Promise<Verdict> {
    const raw = readEnvelope(body);
    if (!raw) return { let: 'nothing', status: 400 };
    if (sandbox && !sandbox.includes(withoutSlash(raw.serviceUrl))) return { let: 'nothing', status: 403 };

    let proof: Authenticated;
    try {
      proof = await connector.authenticate(raw, authorization);
    } catch (error) {
      const status = isOutage(error) ? 503 : 401;
      logger.warn(
        { status, why: error instanceof Error ? error.name : 'unknown' },
        'a Teams request was refused',
      );
      return { let: 'nothing', status };
    }
    // The SDK takes tokens of its emulator too, which name no service address: answers would go anywhere.
    if (!sandbox && proof.claimsIdentity.getClaimValue('serviceurl') !== raw.serviceUrl)
      return { let: 'nothing', status: 401 };

    const activity = readActivity(raw);
    if (!activity) return { let: 'nothing', status: 400 };
    const tenants = tenantsOf(activity);
    const at = { activity, raw, proof, tenant: tenants.find((id) => !allowed.has(id)) ?? tenants[0] ?? '' };
    if (isBot(activity)) return { let: 'away', ...at, why: 'bot' };
    if (!allowed.has(at.tenant)) return { let: 'away', ...at, why: 'tenant' };
    return { let: 'in', ...at };
  };
}

/** Who was turned away, for the record. */
export const strangerOf = ({ activity, tenant, why }: Extract<Verdict, { let: 'away' }>) =>
  ({ platform: 'teams', tenant, userId: userIdOf(activity), why }) as const;

// Microsoft's keys could not be fetched: that says nothing about the token.
const isOutage = (error: unknown): boolean =>
  error instanceof Error &&
  (error.name === 'FetchError' || ('statusCode' in error && error.statusCode === 500));

const withoutSlash = (url: string): string => url.replace(/\/+$/, '');
