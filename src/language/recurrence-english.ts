import type { PartOfDay } from './dates.ts';
import { anyNumber, toNumber } from './numbers.ts';
import { allOf, type Finder, inMonth, numbersIn, repeating, unique, workdays } from './recurrence-rule.ts';
import { englishWeekday, toWeekday } from './words/calendar.ts';

const english = (source: string): RegExp =>
  new RegExp(`(?<![a-z0-9@-])(?:${source})(?![a-z0-9]|'s|-[a-z])`, 'g');
const separator = '(?:, and |, ?| and | ?& ?| ?\\+ ?| ?/ ?)';
const weekdayList = `${englishWeekday}s?(?:${separator}${englishWeekday}s?){0,6}`;
const fullPlural = '(?:mon|tues|wednes|thurs|fri|satur|sun)days';
const pluralList = `${fullPlural}(?:${separator}${fullPlural}){0,6}`;
const rank = '(?:1st|2nd|3rd|4th|5th|first|second|third|fourth|fifth|last)';
// Every second Tuesday is every other one.
const otherRank = '(?:1st|3rd|4th|5th|first|third|fourth|fifth|last)';
const ranks = `${rank}(?:(?: and |, ?| ?& ?)${rank}){0,3}`;
const monthDays = '\\d{1,2}(?:st|nd|rd|th)?(?:(?: and |, ?| ?& ?)(?:the )?\\d{1,2}(?:st|nd|rd|th)?){0,5}';
const ofMonth = '(?:of )?(?:every|each|the) month';

const toRank = (word: string): number => {
  const at = ['first', 'second', 'third', 'fourth', 'fifth'].indexOf(word);
  return word === 'last' ? -1 : at >= 0 ? at + 1 : Number(word.slice(0, 1));
};
const weekdaysIn = (text: string | undefined): number[] =>
  unique(allOf(text, `\\b${englishWeekday}`).map(toWeekday));

/** C1–C6 in English, the more special first. */
export const englishFinders: Finder[] = [
  {
    pattern: english(
      `(?:(?:on )?the |every )?(?<ranks>${ranks}) (?<days>${englishWeekday})s? ${ofMonth}|every (?<ranks2>${otherRank}) (?<days2>${englishWeekday})|(?:every month|monthly),? (?:on )?(?:the )?(?<ranks3>${ranks}) (?<days3>${englishWeekday})`,
    ),
    read: (g) =>
      repeating({
        every: 'month',
        weekdays: weekdaysIn(g.days ?? g.days2 ?? g.days3),
        nth: allOf(g.ranks ?? g.ranks2 ?? g.ranks3, rank).map(toRank),
      }),
  },
  {
    pattern: english(
      `(?:on )?the last day ${ofMonth}|every month on the last day|the end of (?:every|each) month`,
    ),
    read: () => repeating({ every: 'month', monthDays: [-1] }),
  },
  {
    pattern: english(
      `(?:on )?(?:the )?(?<days>${monthDays}) (?:of )?(?:every|each) month|(?:every|each) month,? (?:on )?(?:the )?(?<days2>${monthDays})|monthly on (?:the )?(?<days3>${monthDays})|every (?<days4>\\d{1,2}(?:st|nd|rd|th)) (?:of the month|(?=\\d|at\\b))`,
    ),
    read: (g) => {
      const days = numbersIn(g.days ?? g.days2 ?? g.days3 ?? g.days4);
      return inMonth(days) ? repeating({ every: 'month', monthDays: days }) : null;
    },
  },
  {
    pattern: english(
      `(?:every (?:other|second|2nd|alternate|2 weeks on|two weeks on|other week on|second week on)|(?:biweekly|bi-weekly|fortnightly) on|alternate|every 2|every two) (?<days>${weekdayList})`,
    ),
    read: (g) => repeating({ every: 'week', interval: 2, weekdays: weekdaysIn(g.days) }),
  },
  {
    pattern: english(
      `every (?<n>${anyNumber}|other|second) (?<unit>days?|weeks?|months?)(?:,? on (?:(?<days>${weekdayList})|(?:the )?(?<dates>${monthDays})))?|(?<fortnight>every fortnight)(?: on (?<days2>${weekdayList}))?`,
    ),
    read: (g) => {
      const interval = g.fortnight !== undefined || /other|second/.test(g.n ?? '') ? 2 : toNumber(g.n ?? '1');
      const every =
        g.fortnight !== undefined || g.unit?.startsWith('week')
          ? 'week'
          : g.unit?.startsWith('day')
            ? 'day'
            : 'month';
      return repeating({
        every,
        interval,
        weekdays: weekdaysIn(g.days ?? g.days2),
        monthDays: numbersIn(g.dates),
      });
    },
  },
  {
    pattern: english(
      'every (?:weekday|workday|working day|business day)s?|each (?:weekday|workday)|(?:on )?weekdays|every mon(?:day)?(?: ?- ?| to | through | thru )fri(?:day)?|every day mon(?:day)?(?: ?- ?| to | through )fri(?:day)?',
    ),
    read: () => repeating({ every: 'week', weekdays: workdays }),
  },
  { pattern: english('every weekend|weekends'), read: () => repeating({ every: 'week', weekdays: [6, 7] }) },
  {
    pattern: english(
      `(?:every|each) (?:week,? (?:on )?)?(?<days>${weekdayList})|weekly on (?<days2>${weekdayList})|(?:on )?(?<days3>${pluralList})`,
    ),
    read: (g) => repeating({ every: 'week', weekdays: weekdaysIn(g.days ?? g.days2 ?? g.days3) }),
  },
  {
    pattern: english('(?:every|each) (?<part>morning|afternoon|evening|night)'),
    read: (g) => repeating({ every: 'day' }, g.part === 'night' ? 'evening' : (g.part as PartOfDay)),
  },
  { pattern: english('(?:every|each) ?day|every single day'), read: () => repeating({ every: 'day' }) },
  { pattern: english('(?:every|each) (?:single )?week'), read: () => repeating({ every: 'week' }) },
  { pattern: english('(?:every|each) month'), read: () => repeating({ every: 'month' }) },
];
