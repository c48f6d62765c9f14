import type { Deliver } from './delivery.ts';

/** What somebody fills in, by field. */
export type Filled = Record<string, string | string[]>;

/** A card in front of somebody, with its buttons. */
export type CardInHand = {
  text: string;
  buttons: string[];
  /**
   * Presses a button, fills in what it asks for and sends that; what they are told, null where nothing came of it.
   */
  press(button: string, filled: Filled, deliver: Deliver): Promise<string | null>;
};

/** Somebody at their client, on one platform. */
export type Client = {
  name: string;
  platform: 'slack' | 'teams';
  /** Opens the booking form, fills it in and sends it; what they are told. */
  book(filled: Filled, deliver: Deliver): Promise<string | null>;
  say(text: string, deliver: Deliver): Promise<void>;
  /** What is in their chat, oldest first, as it stands. */
  cards(): CardInHand[];
  /** The same cards as they were at first, as a client shows them that was not refreshed. */
  staleCards(): CardInHand[];
};

/** How long somebody looks at their screen for something to happen, in milliseconds. */
export const patience = 10_000;
