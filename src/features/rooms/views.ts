import type { PersonId } from '../../core/ids.ts';
import { printOf } from '../../core/print.ts';
import { timeOfDay } from '../../core/time.ts';
import type { Action, Card, Field, Form, Option, Row } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import { equipmentKinds, type Occupancy, type Room, roomKinds } from './domain.ts';
import type { Problems, TypedRoom } from './draft.ts';

/** `Alps · Berlin, floor 3` */
export const roomName = (reader: Reader, room: Pick<Room, 'name' | 'site' | 'floor'>): string =>
  room.floor
    ? reader.t('rooms.nameFloor', { name: room.name, site: room.site, floor: room.floor })
    : reader.t('rooms.name', { name: room.name, site: room.site });

export const equipmentNames = (reader: Reader, equipment: readonly string[]): string =>
  reader.list(
    equipmentKinds
      .filter((kind) => equipment.includes(kind))
      .map((kind) => reader.t(`rooms.equipment.${kind}`)),
  );

export const roomOption = (reader: Reader, room: Room): Option => ({
  value: room.id,
  label: reader.t('rooms.option', { name: room.name, site: room.site, capacity: room.capacity }),
});

function occupancyText(reader: Reader, occupancy: Occupancy): string {
  if (!occupancy.free) return reader.t('rooms.busyUntil', { until: reader.until(occupancy.until) });
  return occupancy.until === null
    ? reader.t('rooms.free')
    : reader.t('rooms.freeUntil', { until: reader.until(occupancy.until) });
}

export type Listed = { room: Room; occupancy: Occupancy | 'closed' };

export function roomsCard(
  reader: Reader,
  list: { rooms: Listed[]; total: number; page: number; pages: number; text: string; admin: boolean },
): Card {
  const row = ({ room, occupancy }: Listed): Row => {
    const state = !room.active
      ? reader.t('rooms.inactive')
      : occupancy === 'closed'
        ? reader.t('rooms.closed')
        : occupancyText(reader, occupancy);
    const actions: Action[] = [];
    if (room.active)
      actions.push({
        kind: 'command',
        label: reader.t('rooms.book'),
        command: 'booking.open',
        data: { room: room.id },
        answer: 'new',
      });
    if (list.admin)
      actions.push({
        kind: 'command',
        label: reader.t('rooms.edit'),
        command: 'rooms.edit',
        data: { room: room.id },
        answer: 'new',
      });
    return {
      title: roomName(reader, room),
      text: [
        reader.t('rooms.people', { count: room.capacity }),
        reader.t(`rooms.kind.${room.kind}`),
        equipmentNames(reader, room.equipment),
      ]
        .filter(Boolean)
        .join(' · '),
      badge: state,
      tone: room.active && occupancy !== 'closed' ? (occupancy.free ? 'good' : 'warning') : 'neutral',
      actions,
    };
  };
  const turn = (page: number, label: string): Action => ({
    kind: 'command',
    label,
    command: 'rooms.list',
    data: { page: String(page), text: list.text },
  });
  const actions: Action[] = [];
  if (list.page > 1) actions.push(turn(list.page - 1, reader.t('common.previous')));
  if (list.page < list.pages) actions.push(turn(list.page + 1, reader.t('common.next')));
  if (list.admin)
    actions.push({
      kind: 'command',
      label: reader.t('rooms.add'),
      command: 'rooms.add',
      data: {},
      answer: 'new',
    });
  return {
    layout: 'list',
    tone: 'neutral',
    title: list.text ? reader.t('rooms.titleFor', { text: list.text }) : reader.t('rooms.title'),
    ...(list.rooms.length === 0
      ? { text: [list.text ? reader.t('rooms.noneFor', { text: list.text }) : reader.t('rooms.none')] }
      : {}),
    rows: list.rooms.map(row),
    actions,
    ...(list.pages > 1 ? { footnote: reader.t('common.page', { page: list.page, pages: list.pages }) } : {}),
  };
}

/** A room as an admin's form shows it. `hidden`: those of the reviewers whom it can't show, and their names. */
export type EditedRoom = {
  room: Room;
  reviewers: PersonId[];
  hidden: readonly PersonId[];
  hiddenNames: readonly string[];
};

const typedOf = ({ room, reviewers }: Pick<EditedRoom, 'room' | 'reviewers'>): TypedRoom => ({
  ...room,
  capacity: String(room.capacity),
  opens: room.opens === null ? '' : timeOfDay(room.opens),
  closes: room.closes === null ? '' : timeOfDay(room.closes),
  maxMinutes: room.maxMinutes === null ? '' : String(room.maxMinutes),
  buffer: String(room.buffer),
  joinLink: room.joinLink ?? '',
  reviewers,
});

const emptyRoom = (reader: Reader): TypedRoom => ({
  name: '',
  site: '',
  floor: '',
  zone: reader.zone,
  kind: 'physical',
  capacity: '',
  equipment: [],
  opens: '',
  closes: '',
  maxMinutes: '',
  buffer: '0',
  joinLink: '',
  active: true,
  tentative: false,
  reviewers: [],
});

/** Tells a room apart from the same before and after a change: a form carries it. */
export const printOfRoom = (it: EditedRoom): string => printOf(comparable(typedOf(it)));

/** The names of the fields in which something else was typed than the room is now. */
export function wouldChange(reader: Reader, now: EditedRoom, typed: TypedRoom): string[] {
  const before = new Map(comparable(typedOf(now)));
  return comparable(typed)
    .filter(([name, value]) => before.get(name) !== value)
    .map(([name]) => reader.t(`rooms.field.${name}`));
}

/** In the order of the form; lists in one that does not depend on who put them in. */
const comparable = (typed: TypedRoom): Array<[keyof TypedRoom, string]> =>
  fieldNames.map((name) => [name, [typed[name]].flat().toSorted().join()]);

const fieldNames = [
  'name',
  'site',
  'floor',
  'zone',
  'kind',
  'capacity',
  'equipment',
  'reviewers',
  'opens',
  'closes',
  'maxMinutes',
  'buffer',
  'joinLink',
  'active',
  'tentative',
] as const satisfies ReadonlyArray<keyof TypedRoom>;

/** The form of `/rooms add` and `/rooms edit`: filled from a room, or from what was typed before. */
export function roomForm(
  reader: Reader,
  from: {
    token: string;
    room: EditedRoom | null;
    typed?: TypedRoom;
    problems?: Problems;
    banner?: string | undefined;
  },
): Form {
  const typed = from.typed ?? (from.room ? typedOf(from.room) : emptyRoom(reader));
  const hidden = from.room?.hiddenNames ?? [];
  const at = (name: keyof TypedRoom): { name: string; label: string; error?: string } => {
    const problem = from.problems?.[name];
    return {
      name,
      label: reader.t(`rooms.field.${name}`),
      ...(problem ? { error: reader.refusal(problem) } : {}),
    };
  };
  const text = (name: 'name' | 'site' | 'floor' | 'zone' | 'joinLink', required: boolean): Field => ({
    kind: 'text',
    ...at(name),
    value: typed[name],
    required,
  });
  return {
    layout: 'form',
    title: from.room ? reader.t('rooms.editTitle', { name: from.room.room.name }) : reader.t('rooms.add'),
    ...(from.banner ? { banner: { tone: 'warning', text: from.banner } } : {}),
    command: 'rooms.save',
    submit: reader.t('rooms.save'),
    cancel: reader.t('common.cancel'),
    data: {
      token: from.token,
      ...(from.room ? { room: from.room.room.id, seen: printOfRoom(from.room) } : {}),
    },
    fields: [
      text('name', true),
      text('site', true),
      { ...text('floor', false), hint: reader.t('rooms.hint.floor') },
      { ...text('zone', true), hint: reader.t('rooms.hint.zone') },
      {
        kind: 'choice',
        ...at('kind'),
        value: typed.kind,
        required: true,
        options: roomKinds.map((kind) => ({ value: kind, label: reader.t(`rooms.kind.${kind}`) })),
      },
      { kind: 'number', ...at('capacity'), value: typed.capacity, min: 1, max: 10_000, required: true },
      {
        kind: 'choices',
        ...at('equipment'),
        value: typed.equipment,
        options: equipmentOptions(reader),
      },
      {
        kind: 'people',
        ...at('reviewers'),
        value: typed.reviewers,
        multiple: true,
        required: hidden.length === 0,
        ...(hidden.length > 0 ? { hint: reader.t('rooms.hint.hidden', { names: { list: hidden } }) } : {}),
      },
      { kind: 'text', ...at('opens'), value: typed.opens, hint: reader.t('rooms.hint.hours') },
      { kind: 'text', ...at('closes'), value: typed.closes },
      { kind: 'number', ...at('maxMinutes'), value: typed.maxMinutes, hint: reader.t('rooms.hint.max') },
      { kind: 'number', ...at('buffer'), value: typed.buffer, min: 0, max: 60, required: true },
      { ...text('joinLink', false), hint: reader.t('rooms.hint.joinLink') },
      { kind: 'toggle', ...at('active'), value: typed.active, text: reader.t('rooms.hint.active') },
      {
        kind: 'toggle',
        ...at('tentative'),
        value: typed.tentative,
        text: reader.t('rooms.hint.tentative'),
      },
    ],
  };
}

export const equipmentOptions = (reader: Reader): Option[] =>
  equipmentKinds.map((kind) => ({ value: kind, label: reader.t(`rooms.equipment.${kind}`) }));

export function roomSavedCard(reader: Reader, room: Room, reviewers: readonly string[]): Card {
  return {
    layout: 'notice',
    tone: 'good',
    title: reader.t('rooms.saved', { name: room.name }),
    facts: [
      { label: reader.t('rooms.field.site'), value: roomName(reader, room) },
      { label: reader.t('rooms.field.zone'), value: room.zone },
      { label: reader.t('rooms.field.capacity'), value: String(room.capacity) },
      { label: reader.t('rooms.field.reviewers'), value: reader.list(reviewers) },
      {
        label: reader.t('rooms.field.active'),
        value: room.active ? reader.t('common.yes') : reader.t('common.no'),
      },
    ],
    actions: [
      {
        kind: 'command',
        label: reader.t('rooms.edit'),
        command: 'rooms.edit',
        data: { room: room.id },
        answer: 'new',
      },
      { kind: 'command', label: reader.t('rooms.title'), command: 'rooms.list', data: {}, answer: 'new' },
    ],
  };
}
