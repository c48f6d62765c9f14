import { setTimeout as sleep } from 'node:timers/promises';
import { addDays, toLocal } from '../../src/core/time.ts';
import { type CardInHand, patience } from './client.ts';
import type { Doing } from './deeds.ts';
import type { Course } from './ledger.ts';

/*
 * What people do with series, which they call courses: no other booking is called so.
 */

let courses = 0;

/** Asks for a series in a sentence, looks at its dates, and sends those that can be booked. */
export async function course(it: Doing): Promise<void> {
  const { client, chance, deliver, ledger } = it;
  const topic = `Course ${inLetters(++courses)}`;
  const room = chance.pick(it.rooms.filter(({ name }) => name !== 'Noon' && name !== 'Everest'));
  const day = dayAfter(it, chance.between(2, 4));
  const time = `${chance.between(8, 17)}:00`;
  const times = chance.between(3, 6);
  await client.say(`book every ${day} ${time} 30min ${topic} in ${room.name} ${times} times`, deliver);
  const draft = await cardWith(it, topic, /^Show the dates$/);
  if (!draft || (await draft.card.press(draft.button, {}, deliver)) === null) return;
  const dates = await cardWith(it, topic, /^Request \d+ dates?$/);
  if (!dates) return;
  const told = await dates.card.press(dates.button, {}, deliver);
  const count = Number(/\d+/.exec(dates.button)?.[0]);
  if (told && /(Waiting for approval|Approved): \d+/.test(told))
    ledger.courses.push({ what: 'sent', topic, by: client.name, count, told });
}

/** The buttons of a series by which reviewers decide about all its dates, and by which a host takes them back. */
export const ofCourse = {
  approve: /^(Approve|Confirm the cancellation of) \d+ dates?(, cancel \d+)?$/,
  reject: /^Reject the (series|change)$/,
  end: /^Cancel the series$|^Keep \d+ dates? after all$/,
};

/** Presses a button of a series; a yes to it says of how many dates. */
export async function pressOfCourse(
  it: Doing,
  { card, button }: { card: CardInHand; button: string },
): Promise<void> {
  const told = await card.press(button, { reason: 'For a reason' }, it.deliver);
  const topic = topicOf(told ?? '');
  if (told === null || topic === null || /\(rule [\d.]+\)/.test(told)) return;
  const by = it.client.name;
  for (const [what, pattern] of answers) {
    const { count, name } = pattern.exec(told)?.groups ?? {};
    // Where another was quicker, it says so.
    if (count === undefined || (name !== undefined && name.toLowerCase() !== by.toLowerCase())) continue;
    it.ledger.courses.push({ what, topic, by, count: Number(count), told });
  }
}

const answers: readonly [Course['what'], RegExp][] = [
  ['decided', /Approved: (?<count>\d+).*Approved by (?<name>\w+) on/s],
  ['decided', /Rejected: (?<count>\d+).*Rejected by (?<name>\w+) on/s],
  ['decided', /Cancelled: (?<count>\d+).*Cancelled (?:late )?by (?<name>\w+) on/s],
  ['cancelled', /(?<count>\d+) dates? (?:is|are) cancelled, or will be/],
  ['kept', /(?<count>\d+) dates? stays?\./],
];

export const topicOf = (text: string): string | null => /Course [a-j]+\b/.exec(text)?.[0] ?? null;

/** Digits would be read as times and numbers. */
const inLetters = (n: number): string =>
  [...String(n)].map((digit) => 'abcdefghij'[Number(digit)] ?? '').join('');

function dayAfter({ now, zone }: Doing, days: number): string {
  const date = addDays(toLocal(now(), zone).date, days);
  return new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: 'UTC' }).format(
    new Date(`${date}T12:00Z`),
  );
}

/** The newest card about a series that has such a button; null where none has come after a while. */
async function cardWith(
  { client }: Doing,
  topic: string,
  label: RegExp,
): Promise<{ card: CardInHand; button: string } | null> {
  for (let waited = 0; waited < patience; waited += 100) {
    const card = client
      .cards()
      .findLast((it) => topicOf(it.text) === topic && it.buttons.some((button) => label.test(button)));
    const button = card?.buttons.find((it) => label.test(it));
    if (card && button) return { card, button };
    await sleep(100);
  }
  return null;
}
