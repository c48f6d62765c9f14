import { day, type Instant } from '../core/clock.ts';
import type { Figure, Figures, Refusal, Sentence } from '../core/refusal.ts';
import { addDays, toLocal } from '../core/time.ts';
import type { MessageKey } from './keys.ts';
import { type Language, translate } from './translate.ts';

/** Who will read: everything shown goes through one of these, in its language and zone. */
export type Reader = {
  language: Language;
  zone: string;
  now: Instant;
  /** A text of the catalogues, its figures written out for this reader. */
  t(key: MessageKey, figures?: Figures): string;
  say(sentence: Sentence): string;
  /** What is refused, under which clause, and the nearest thing that would be allowed. */
  refusal(refusal: Refusal): string;
  /** `Tue, Nov 24, 2026, 15:00` */
  moment(at: Instant, zone?: string): string;
  /** `Tue, Nov 24, 2026, 15:00 – 16:00` */
  span(start: Instant, end: Instant, zone?: string): string;
  /** `Tue, Dec 1, 2026` of the calendar day `2026-12-01`. */
  day(date: string): string;
  /** `15:00 – 16:00`, where the day is known. */
  hours(start: Instant, end: Instant, zone?: string): string;
  /** The span with the name of the zone, and a second time in the room's zone where its clock differs. */
  when(start: Instant, end: Instant, roomZone: string): string;
  /** `1 h 30 min` */
  duration(minutes: number): string;
  /** `Taiwan Standard Time` */
  zoneName(zone?: string): string;
  /** `15:00`, or with the day where that is not today. */
  until(at: Instant): string;
  list(items: readonly string[]): string;
};

/** @param now is used to tell today from other days, never read from a clock. */
export function createReader(language: Language, zone: string, now: Instant): Reader {
  const clock = (at: Instant, in_ = zone) => formatter(language, in_, 'time').format(at);

  const reader: Reader = {
    language,
    zone,
    now,
    t: (key, figures = {}) =>
      translate(
        language,
        key,
        Object.fromEntries(Object.entries(figures).map(([name, figure]) => [name, write(figure)])),
      ),
    say: (sentence) => reader.t(sentence.key, sentence.figures),
    refusal(refusal) {
      const text = reader.say(refusal);
      const said = refusal.clause ? reader.t('common.refusal', { text, clause: refusal.clause }) : text;
      return refusal.nearest
        ? reader.t('common.withNearest', { said, nearest: reader.say(refusal.nearest) })
        : said;
    },
    day: (date) => formatter(language, 'UTC', 'day').format(Date.parse(date)),
    moment: (at, in_ = zone) => formatter(language, in_, 'moment').format(at),
    // Not by Intl's formatRange: in Chinese it writes dates unlike `moment`, and it drops the end where an hour
    // that comes twice makes both look the same.
    span(start, end, in_ = zone) {
      const sameDay = toLocal(start, in_).date === toLocal(end, in_).date;
      return `${reader.moment(start, in_)} – ${sameDay ? clock(end, in_) : reader.moment(end, in_)}`;
    },
    hours: (start, end, in_ = zone) => `${clock(start, in_)} – ${clock(end, in_)}`,
    when(start, end, roomZone) {
      const inZone = (in_: string) =>
        reader.t('common.inZone', { span: reader.span(start, end, in_), zone: reader.zoneName(in_) });
      const same = sameClock(start, zone, roomZone) && sameClock(end, zone, roomZone);
      return same ? inZone(zone) : `${inZone(zone)}\n${inZone(roomZone)}`;
    },
    duration(minutes) {
      const hours = Math.floor(minutes / 60);
      const rest = minutes % 60;
      if (minutes >= 1440 && minutes % 1440 === 0) return reader.t('common.days', { count: minutes / 1440 });
      if (hours === 0) return reader.t('common.minutes', { minutes: rest });
      if (rest === 0) return reader.t('common.hours', { hours });
      return reader.t('common.hoursMinutes', { hours, minutes: rest });
    },
    zoneName: (in_ = zone) => zoneNameAt(language, in_, now),
    until(at) {
      const today = toLocal(now, zone).date;
      const { date } = toLocal(at, zone);
      if (date === today) return clock(at);
      if (date === addDays(today, 1)) return reader.t('common.tomorrowAt', { time: clock(at) });
      return reader.moment(at);
    },
    // Chinese lists with 、 alone: the 和 that Intl puts before the last sticks to names in Latin letters.
    list: (items) => (language === 'en' ? english.format(items) : items.join('、')),
  };

  function write(figure: Figure): string | number {
    if (typeof figure !== 'object') return figure;
    if ('instant' in figure) return reader.moment(figure.instant, figure.zone);
    if ('day' in figure) return reader.day(figure.day);
    if ('list' in figure) return reader.list(figure.list);
    if ('span' in figure) return reader.span(figure.span[0], figure.span[1], figure.zone);
    return reader.duration(figure.minutes);
  }

  return reader;
}

/** What zones are called today: it hardly ever changes, and takes long to find out. */
const zoneNames = new Map<string, string>();
const mostZoneNames = 2_000;

function zoneNameAt(language: Language, zone: string, now: Instant): string {
  const key = `${language} ${zone} ${Math.floor(now / day)}`;
  let name = zoneNames.get(key);
  if (name === undefined) {
    const parts = formatter(language, zone, 'zone').formatToParts(now);
    name = parts.find((part) => part.type === 'timeZoneName')?.value ?? zone;
    if (zoneNames.size >= mostZoneNames) zoneNames.clear();
    zoneNames.set(key, name);
  }
  return name;
}

const sameClock = (at: Instant, a: string, b: string): boolean => {
  const [one, other] = [toLocal(at, a), toLocal(at, b)];
  return one.date === other.date && one.time === other.time;
};

const shapes = {
  moment: {
    weekday: 'short',
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  },
  day: { weekday: 'short', year: 'numeric', month: 'short', day: 'numeric' },
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  // The short name of New York is `ET`, even in Chinese.
  zone: { timeZoneName: 'longGeneric' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

const english = new Intl.ListFormat('en', { type: 'conjunction' });

// Making an Intl formatter costs about 50 µs, using one 1 µs: they are kept.
const kept = new Map<string, Intl.DateTimeFormat>();

function formatter(language: Language, zone: string, shape: keyof typeof shapes): Intl.DateTimeFormat {
  const name = `${language} ${zone} ${shape}`;
  let found = kept.get(name);
  if (!found) {
    found = new Intl.DateTimeFormat(language, { ...shapes[shape], timeZone: zone });
    kept.set(name, found);
  }
  return found;
}
