import { createRateLimit } from '../chat/rate-limit.ts';
import type { Clock } from '../core/clock.ts';

/** Many people may share one address, and their calendars ask in turn; a script asks more often. */
const mostPerMinute = 300;

/** Counts requests within a minute by the network address that they come from (6.4); true while within the limit. */
export function createAddressLimit(clock: Clock): (address: string | undefined) => boolean {
  const within = createRateLimit(clock, mostPerMinute);
  return (address = '') => within(networkOf(address));
}

/** Whoever has one IPv6 address has its whole /64 network. */
const networkOf = (address: string): string =>
  /^::ffff:[\d.]+$/i.test(address) ? address.slice(7) : address.includes(':') ? prefixOf(address) : address;

function prefixOf(address: string): string {
  const [before = '', after] = address.split('::');
  const groups = before.split(':').filter(Boolean);
  if (after === undefined) return groups.slice(0, 4).join(':');
  const last = after.split(':').filter(Boolean);
  const filled = [...groups, ...Array(8 - groups.length - last.length).fill('0'), ...last];
  return filled.slice(0, 4).join(':');
}
