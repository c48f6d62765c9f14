import { type ChangeVerb, readChange } from './change.ts';
import { createGrammar, type Grammar, type Understood } from './grammar.ts';
import type { Facts } from './resolve.ts';
import { type EquipmentWords, equipmentWords } from './words/equipment.ts';

export type { PartOfDay } from './dates.ts';
export { createGrammar, type EquipmentWords, equipmentWords, type Grammar, type Understood };

export type Vocabulary = Facts & {
  rooms: readonly string[] | ReadonlyArray<{ name: string }>;
  /** The words of `equipmentWords` where an organisation has none of its own. */
  equipment?: EquipmentWords;
};

// By the identity of both lists: an organisation's rooms are the same array from one text to the next.
const grammars = new WeakMap<object, WeakMap<object, Grammar>>();

function grammarFor({ rooms, equipment = equipmentWords }: Vocabulary): Grammar {
  const ofRooms = grammars.get(rooms) ?? new WeakMap<object, Grammar>();
  grammars.set(rooms, ofRooms);
  const known = ofRooms.get(equipment);
  if (known !== undefined) return known;
  const names = rooms.map((room) => (typeof room === 'string' ? room : room.name));
  const grammar = createGrammar({ rooms: names, equipment });
  ofRooms.set(equipment, grammar);
  return grammar;
}

/**
 * What one line says, in English and Chinese (2.1). Takes the moment at which it was typed, the zone that its times are
 * in, and the rooms and equipment that are known; never throws, and keeps as topic whatever it doesn't understand.
 */
export const understand = (text: string, vocabulary: Vocabulary): Understood =>
  grammarFor(vocabulary)(text, vocabulary);

export type Change = { number: number; verb: ChangeVerb; rest: Understood };

/** A change in words (2.4, 2.5): which booking, what to do with it, and what it is to be. Null for any other text. */
export function understandChange(text: string, vocabulary: Vocabulary): Change | null {
  const named = readChange(text);
  return named === null ? null : { ...named, rest: understand(named.rest, vocabulary) };
}
