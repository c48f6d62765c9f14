import type { PersonId } from '../../core/ids.ts';
import type { Refusal } from '../../core/refusal.ts';
import { isTimeOfDay, isZone, minutesOfDay, timeOfDay } from '../../core/time.ts';
import { clauses, loosened, type Rules } from '../rules/domain.ts';
import { equipmentKinds, type RoomDraft, roomKinds } from './domain.ts';

/** A room as it is typed: into the form, or into a line of an imported file. */
export type TypedRoom = {
  name: string;
  site: string;
  floor: string;
  zone: string;
  kind: string;
  capacity: string;
  equipment: string[];
  opens: string;
  closes: string;
  maxMinutes: string;
  buffer: string;
  joinLink: string;
  active: boolean;
  tentative: boolean;
  reviewers: PersonId[];
};

export type Problems = Partial<Record<keyof TypedRoom, Refusal>>;

/**
 * Reads a typed room. Every wrong field is named at once; a room without a reviewer (2.2), and hours or a
 * length that the rules above don't allow (10.4), are refused.
 * @param above the rules of the organisation and the site.
 */
export function readRoom(
  typed: TypedRoom,
  above: Rules,
): { ok: true; draft: RoomDraft } | { ok: false; problems: Problems } {
  const problems: Problems = {};
  const wrong = (field: keyof TypedRoom, refusal: Omit<Refusal, 'field'>) => {
    problems[field] ??= { ...refusal, field };
    return null;
  };
  const text = (field: 'name' | 'site' | 'floor', most: number): string => {
    const value = typed[field].trim();
    if (value.length > most || (field !== 'floor' && value === ''))
      wrong(field, { key: 'rooms.wrong.text', figures: { most } });
    return value;
  };
  const whole = (field: 'capacity' | 'buffer' | 'maxMinutes', least: number, most: number): number => {
    const value = Number(typed[field]);
    if (typed[field].trim() === '' || !Number.isInteger(value) || value < least || value > most)
      wrong(field, { key: 'rooms.wrong.number', figures: { least, most } });
    return value;
  };
  const hours = (field: 'opens' | 'closes'): number | null => {
    const value = typed[field].trim();
    if (value === '') return null;
    if (value === '24:00') return 1440;
    if (!isTimeOfDay(value)) return wrong(field, { key: 'rooms.wrong.time' });
    return minutesOfDay(value);
  };

  const kind = roomKinds.find((it) => it === typed.kind);
  if (!kind) wrong('kind', { key: 'rooms.wrong.kind' });
  const equipment = typed.equipment.flatMap((it) => equipmentKinds.find((known) => known === it) ?? []);
  if (equipment.length < typed.equipment.length)
    wrong('equipment', {
      key: 'rooms.wrong.equipment',
      figures: { known: equipmentKinds.join(', ') },
    });
  if (!isZone(typed.zone.trim())) wrong('zone', { key: 'rooms.wrong.zone' });
  const joinLink = typed.joinLink.trim() || null;
  if (joinLink ? !isLink(joinLink) : kind === 'online' || kind === 'hybrid')
    wrong('joinLink', { key: 'rooms.wrong.joinLink' });
  if (typed.reviewers.length === 0)
    wrong('reviewers', { key: 'rooms.wrong.reviewers', clause: clauses.review });

  const opens = hours('opens');
  const closes = hours('closes');
  if ((opens ?? above.opens) >= (closes ?? above.closes) && !problems.opens)
    wrong('closes', { key: 'rooms.wrong.order', clause: clauses.closes });
  const maxMinutes =
    typed.maxMinutes.trim() === '' ? null : whole('maxMinutes', above.stepMinutes, above.maxMinutes);
  for (const field of loosened(above, {
    ...(opens === null ? {} : { opens }),
    ...(closes === null ? {} : { closes }),
  }))
    if (field === 'opens' || field === 'closes')
      wrong(field, {
        key: 'rooms.wrong.loosened',
        figures: { opens: timeOfDay(above.opens), closes: timeOfDay(above.closes) },
        clause: clauses.layers,
      });

  const draft = {
    name: text('name', 60),
    site: text('site', 60),
    floor: text('floor', 30),
    zone: typed.zone.trim(),
    kind: kind ?? 'physical',
    capacity: whole('capacity', 1, 10_000),
    equipment,
    opens,
    closes,
    maxMinutes,
    buffer: whole('buffer', 0, 60),
    joinLink,
    active: typed.active,
    tentative: typed.tentative,
    reviewers: typed.reviewers,
  };
  return Object.keys(problems).length > 0 ? { ok: false, problems } : { ok: true, draft };
}

const isLink = (text: string): boolean => URL.canParse(text) && new URL(text).protocol === 'https:';
