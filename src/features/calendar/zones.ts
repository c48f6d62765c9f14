import { tzlib_get_ical_block } from 'timezones-ical-library';

/**
 * The rules of an IANA zone as calendars want them (VTIMEZONE), under the very name that was asked for; null for UTC
 * and where there are none.
 */
export function timezoneBlock(zone: string): string | null {
  const [block] = tzlib_get_ical_block(zone);
  // Where two names mean one zone, the library answers by the newer one.
  return block?.startsWith('BEGIN:VTIMEZONE') ? block.replace(/^TZID:.*$/m, `TZID:${zone}`) : null;
}
