import { addDays, timeOfDay, toLocal } from '../../core/time.ts';
import type { Field, Form, Option } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import { equipmentOptions, type Room, roomOption } from '../rooms/index.ts';
import type { Rules } from '../rules/index.ts';
import { longestBooking, noteLength, sensibleStart, topicLength } from './policy.ts';
import { anyRoom, type Problems, type TypedField, type TypedRequest } from './typed.ts';

/**
 * What an untouched form holds: half an hour at the next sensible start, by the clock of the room if there is one.
 * @param usual the length that they like best, in minutes; left aside where the rules don't allow it
 */
export function presetRequest(
  reader: Reader,
  rules: Rules,
  token: string,
  room: Room | null,
  usual: number | null = null,
): TypedRequest {
  const longest = longestBooking(rules);
  const allowed = usual !== null && usual <= longest && usual % rules.stepMinutes === 0;
  const length = allowed ? usual : Math.min(longest, Math.ceil(30 / rules.stepMinutes) * rules.stepMinutes);
  const start = toLocal(sensibleStart(reader.now, room?.zone ?? reader.zone, rules, length), reader.zone);
  return {
    token,
    room: room?.id ?? anyRoom,
    topic: '',
    date: start.date,
    start: start.time,
    duration: String(length),
    attendees: [],
    headcount: '',
    equipment: [],
    confidential: false,
    note: '',
  };
}

/** What the form is for: a new booking, or the change of one. */
export type Purpose = Pick<Form, 'title' | 'command' | 'submit'> & {
  data?: Record<string, string>;
  /** Offer "find me one" too. */
  any: boolean;
  /** Ask whether it repeats. */
  recurring?: boolean;
};

export const toBook = (reader: Reader): Purpose => ({
  title: reader.t('booking.form.title'),
  command: 'booking.request',
  submit: reader.t('booking.form.submit'),
  any: true,
  recurring: true,
});

const recurringField = (reader: Reader, { recurring }: TypedRequest): Field => ({
  kind: 'toggle',
  name: 'recurring',
  label: reader.t('booking.field.recurring'),
  value: recurring ?? false,
  text: reader.t('booking.hint.recurring'),
});

/** The booking form (2.1, 2.4), with what was typed and, where it came back, what is wrong at each field. */
export function requestForm(
  reader: Reader,
  it: {
    typed: TypedRequest;
    rooms: readonly Room[];
    rules: Rules;
    problems?: Problems;
    purpose?: Purpose;
  },
): Form {
  const { typed, rules } = it;
  const purpose = it.purpose ?? toBook(reader);
  const at = (name: TypedField) => {
    const problem = it.problems?.[name];
    return {
      name,
      label: reader.t(`booking.field.${name}`),
      ...(problem ? { error: reader.refusal(problem) } : {}),
    };
  };
  const today = toLocal(reader.now, reader.zone).date;
  return {
    layout: 'booking',
    title: purpose.title,
    command: purpose.command,
    submit: purpose.submit,
    cancel: reader.t('common.cancel'),
    data: { ...purpose.data, token: typed.token },
    fields: [
      {
        kind: 'choice',
        ...at('room'),
        value: typed.room,
        required: true,
        source: purpose.any ? 'bookable' : 'rooms',
        options: [
          ...(purpose.any ? [anyOption(reader)] : []),
          ...it.rooms.map((room) => roomOption(reader, room)),
        ],
      },
      { kind: 'text', ...at('topic'), value: typed.topic, required: true, maxLength: topicLength },
      {
        kind: 'date',
        ...at('date'),
        value: typed.date,
        required: true,
        min: today,
        max: addDays(today, rules.horizonDays),
      },
      {
        kind: 'time',
        ...at('start'),
        label: reader.t('booking.field.startIn', { zone: reader.zoneName() }),
        value: typed.start,
        required: true,
        options: timesOfDay(rules.stepMinutes),
      },
      {
        kind: 'choice',
        ...at('duration'),
        value: typed.duration,
        required: true,
        options: lengths(reader, rules),
      },
      {
        kind: 'people',
        ...at('attendees'),
        value: typed.attendees,
        multiple: true,
      },
      {
        kind: 'number',
        ...at('headcount'),
        value: typed.headcount,
        min: 1,
        hint: reader.t('booking.hint.headcount'),
      },
      { kind: 'choices', ...at('equipment'), value: typed.equipment, options: equipmentOptions(reader) },
      {
        kind: 'toggle',
        ...at('confidential'),
        value: typed.confidential,
        text: reader.t('booking.hint.confidential'),
      },
      { kind: 'text', ...at('note'), value: typed.note, multiline: true, maxLength: noteLength },
      ...(purpose.recurring ? [recurringField(reader, typed)] : []),
    ],
  };
}

export const anyOption = (reader: Reader): Option => ({
  value: anyRoom,
  label: reader.t('booking.form.any'),
});

/** Every full step of a day. */
export const timesOfDay = (step: number): Option[] =>
  Array.from({ length: 1440 / step }, (_, n) => {
    const time = timeOfDay(n * step);
    return { value: time, label: time };
  });

const lengths = (reader: Reader, rules: Rules): Option[] =>
  Array.from({ length: longestBooking(rules) / rules.stepMinutes }, (_, n) => {
    const minutes = (n + 1) * rules.stepMinutes;
    return { value: String(minutes), label: reader.duration(minutes) };
  });
