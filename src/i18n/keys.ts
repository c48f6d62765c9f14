import type { en } from './en/index.ts';

type Leaves<T> = {
  [K in keyof T & string]: T[K] extends string ? Singular<K> : `${K}.${Leaves<T[K]>}`;
}[keyof T & string];

// English has `people_one` and `people_other`: both are asked for as `people`, with `count`.
type Singular<K extends string> = K extends `${infer Stem}_one` | `${infer Stem}_other` ? Stem : K;

/** Every text of the product by its dotted name, e.g. `booking.card.title`. */
export type MessageKey = Leaves<typeof en>;

/** What a catalogue of another language has to hold: a key that is missing, or one too many, does not compile. */
export type Translation<T> = {
  // Chinese has no plural forms, so the singular ones are left out.
  readonly [K in keyof T as K extends `${string}_one` ? never : K]: T[K] extends string
    ? string
    : Translation<T[K]>;
};
