import type { ApprovalRule } from './approval.ts';

export type { ApprovalDecision, ApprovalRule, ApprovalWhen, Candidate, Verdict } from './approval.ts';

/** The parameters of the policy. Every one has the clause that it carries out. */
export type Rules = {
  /** How many days ahead a booking may start (2.1). */
  horizonDays: number;
  /** The longest booking, in minutes (2.1). */
  maxMinutes: number;
  /** Opening hours on the room's wall clock, in minutes after midnight (2.1). */
  opens: number;
  closes: number;
  /** Start and length are multiples of this many minutes (2.1). */
  stepMinutes: number;
  /** Minutes before the start at which host and attendees are reminded (2.7). */
  reminders: number[];
  /** Which changes of an approved booking go back to review (2.4). */
  material: MaterialChange[];
  /** After how many minutes a cancellation that no reviewer has confirmed holds by itself (2.5). */
  cancelMinutes: number;
  /** A cancellation later than this many minutes before the start is marked as late (2.5). */
  lateMinutes: number;
  /** After how many working minutes reviewers are reminded of a request (2.2). */
  remindReviewersMinutes: number;
  /** After how many working minutes a request goes to the admins as well (2.2). */
  escalateMinutes: number;
  /** For how many minutes a slot that has become free is held for the first on the waitlist (2.1). */
  offerMinutes: number;
  /** When people work, on the room's wall clock: ISO weekdays, and minutes after midnight (2.2). */
  workDays: number[];
  workFrom: number;
  workUntil: number;
  /** The first of these that matches decides how a request is reviewed; none: one reviewer is asked (2.2). */
  approval: ApprovalRule[];
};

/** A parameter that is one value for all rooms; the rules of approval are a list of their own. */
export type Limits = Omit<Rules, 'approval'>;

/** `end`: a longer meeting; a shorter one only frees the room. `headcount`: more people. */
export const materialChanges = ['room', 'start', 'end', 'headcount'] as const;
export type MaterialChange = (typeof materialChanges)[number];

export const clauses: Record<keyof Rules | 'capacity' | 'review' | 'members' | 'layers' | 'access', string> =
  {
    horizonDays: '2.1',
    maxMinutes: '2.1',
    opens: '2.1',
    closes: '2.1',
    stepMinutes: '2.1',
    reminders: '2.7',
    material: '2.4',
    cancelMinutes: '2.5',
    lateMinutes: '2.5',
    remindReviewersMinutes: '2.2',
    escalateMinutes: '2.2',
    offerMinutes: '2.1',
    workDays: '2.2',
    workFrom: '2.2',
    workUntil: '2.2',
    approval: '2.2',
    capacity: '3.4',
    review: '2.2',
    members: '3.1',
    layers: '10.4',
    access: '6.2',
  };

export const defaultRules: Rules = {
  horizonDays: 60,
  maxMinutes: 240,
  opens: 8 * 60,
  closes: 20 * 60,
  stepMinutes: 15,
  reminders: [1440, 15],
  material: [...materialChanges],
  cancelMinutes: 30,
  lateMinutes: 120,
  remindReviewersMinutes: 120,
  escalateMinutes: 240,
  offerMinutes: 15,
  workDays: [1, 2, 3, 4, 5],
  workFrom: 9 * 60,
  workUntil: 18 * 60,
  approval: [],
};

/** What a site or a room asks for on top of the organisation's rules. */
export type Layer = Partial<Pick<Rules, 'horizonDays' | 'maxMinutes' | 'opens' | 'closes'>>;

/** One version of the policy's parameters: the organisation's, and what sites and rooms add. */
export type RulesDocument = { organisation: Rules; sites: Record<string, Layer> };

export const defaultDocument: RulesDocument = { organisation: defaultRules, sites: {} };

/** All parameters but the rules of approval, in the order in which they are shown. */
export const limitNames = (Object.keys(defaultRules) as Array<keyof Rules>).filter(
  (name): name is keyof Limits => name !== 'approval',
);

/** A document as it was kept: one that is older than a parameter lacks it. */
export type StoredDocument = { organisation: Partial<Rules>; sites: Record<string, Layer> };

/** What a stored document lacks is as the defaults say: it was made before there was such a parameter (10.2). */
export const completed = ({ organisation, sites }: StoredDocument): RulesDocument => ({
  organisation: { ...defaultRules, ...organisation },
  sites,
});

/**
 * The rules for one room: organisation over site over room (10.4). A lower layer can only be stricter; where
 * it asks for more than the layer above allows, the layer above holds.
 */
export const effectiveRules = (document: RulesDocument, site: string, room: Layer): Rules =>
  stricter(stricter(document.organisation, document.sites[site] ?? {}), room);

/** What a room itself asks for; null: as the rules say. */
type Asking = { site: string; opens: number | null; closes: number | null; maxMinutes: number | null };

/** The rules for one room, with what it asks for itself (10.4); without a room, the organisation's. */
export const rulesFor = (document: RulesDocument, room: Asking | null | undefined): Rules =>
  room ? effectiveRules(document, room.site, layerOf(room)) : document.organisation;

const layerOf = ({ opens, closes, maxMinutes }: Asking): Layer => ({
  ...(opens === null ? {} : { opens }),
  ...(closes === null ? {} : { closes }),
  ...(maxMinutes === null ? {} : { maxMinutes }),
});

const stricter = (above: Rules, layer: Layer): Rules => ({
  ...above,
  horizonDays: Math.min(above.horizonDays, layer.horizonDays ?? above.horizonDays),
  maxMinutes: Math.min(above.maxMinutes, layer.maxMinutes ?? above.maxMinutes),
  opens: Math.max(above.opens, layer.opens ?? above.opens),
  closes: Math.min(above.closes, layer.closes ?? above.closes),
});

/** Which parts of a layer ask for more than the layer above allows, and so would have no effect (10.4). */
export function loosened(above: Rules, layer: Layer): Array<keyof Layer> {
  const names: Array<keyof Layer> = [];
  if (layer.horizonDays !== undefined && layer.horizonDays > above.horizonDays) names.push('horizonDays');
  if (layer.maxMinutes !== undefined && layer.maxMinutes > above.maxMinutes) names.push('maxMinutes');
  if (layer.opens !== undefined && layer.opens < above.opens) names.push('opens');
  if (layer.closes !== undefined && layer.closes > above.closes) names.push('closes');
  return names;
}
