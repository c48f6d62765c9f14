/*
 * The vocabulary of cards and forms. A feature describes what it shows once, in these words and in the
 * reader's language; each platform's renderer turns it into its own. Every string is plain text: what a
 * person typed is shown as typed, so renderers escape everything.
 */

export type Tone = 'neutral' | 'good' | 'warning' | 'bad';

export type Fact = { label: string; value: string };

/** One line of a list, with its own buttons. */
export type Row = { title: string; text?: string; tone?: Tone; badge?: string; actions?: Action[] };

export type Action = CommandAction | LinkAction;

/** A button that sends a command with static data. */
export type CommandAction = {
  kind: 'command';
  label: string;
  /** Name of the command, e.g. `approval.approve`. */
  command: string;
  data: Record<string, string>;
  style?: 'primary' | 'danger';
  /** Where the answer goes: in place of this card (default), or as a message of its own. */
  answer?: 'here' | 'new';
  /** Asked before the command is sent. */
  confirm?: { title: string; text: string; yes: string; no: string };
  /** Inputs that are asked for before the command is sent (Slack: a modal; Teams: they unfold in the card). */
  ask?: { title: string; submit: string; cancel: string; fields: Field[] };
};

export type LinkAction = { kind: 'link'; label: string; url: string };

export type Picture = { url: string; alt: string };

export type Card = {
  /** Which layout: `approval`, `booking`, `reminder`, `list` … A renderer that has none of that name uses its general one. */
  layout: string;
  tone: Tone;
  title: string;
  /** A word beside the title: the state. */
  badge?: string;
  /** Something that the reader has to know before the rest, e.g. that somebody else decided first. */
  banner?: { tone: Tone; text: string };
  text?: string[];
  facts?: Fact[];
  image?: Picture;
  rows?: Row[];
  actions?: Action[];
  footnote?: string;
};

export type Option = { value: string; label: string; description?: string };

type FieldBase = {
  name: string;
  label: string;
  hint?: string;
  required?: boolean;
  /** Why the value that came in was refused; shown at the field. */
  error?: string;
};

export type Field = FieldBase &
  (
    | { kind: 'text'; value?: string; maxLength?: number; multiline?: boolean; placeholder?: string }
    | {
        kind: 'choice';
        value?: string;
        options: Option[];
        placeholder?: string;
        /** Options are looked up while typing: the name of a feature's `options` source. */
        source?: string;
      }
    | { kind: 'choices'; value?: string[]; options: Option[]; placeholder?: string }
    | { kind: 'date'; value?: string; min?: string; max?: string }
    | { kind: 'time'; value?: string; options: Option[] }
    | { kind: 'number'; value?: string; min?: number; max?: number }
    | { kind: 'toggle'; value?: boolean; text: string }
    /** `value` holds person ids on the way out of a feature; dispatch turns them into the platform's user ids. */
    | { kind: 'people'; value?: string[]; placeholder?: string; multiple?: boolean }
  );

export type Form = {
  layout: string;
  title: string;
  /** The command that its submission sends. */
  command: string;
  submit: string;
  cancel: string;
  /** Sent back with the submission, unseen. Always holds `token`, by which a repeated submission is recognised. */
  data: Record<string, string> & { token: string };
  fields: Field[];
  /** Said above the fields: what is wrong with the whole, or what to know before. */
  banner?: { tone: Tone; text: string };
};

/** What came in with a submission, by field name: text, number, date, time and choice as strings. */
export type Values = Record<string, string | string[] | boolean>;

/** What a command answers. */
export type Answer =
  /** A card; with `live`, it is kept in step with its subject from now on. */
  | { kind: 'card'; card: Card; live?: Live }
  | { kind: 'form'; form: Form }
  /** The form again, with what was typed and what is wrong: nothing was done. */
  | { kind: 'invalid'; form: Form }
  /** A sentence for this reader only: nothing was done (`bad`), or there is nothing to show (`neutral`). */
  | { kind: 'note'; tone: Tone; text: string };

/** A card that follows a subject: `view` renders it anew whenever the subject's revision rises. */
export type Live = { view: string; subject: string; revision: number; data: Record<string, string> };
