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
};

export const clauses: Record<keyof Rules | 'capacity' | 'review' | 'members' | 'layers' | 'access', string> =
  {
    horizonDays: '2.1',
    maxMinutes: '2.1',
    opens: '2.1',
    closes: '2.1',
    stepMinutes: '2.1',
    reminders: '2.7',
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
};

/** What a site or a room asks for on top of the organisation's rules. */
export type Layer = Partial<Pick<Rules, 'horizonDays' | 'maxMinutes' | 'opens' | 'closes'>>;

/** One version of the policy's parameters: the organisation's, and what sites and rooms add. */
export type RulesDocument = { organisation: Rules; sites: Record<string, Layer> };

export const defaultDocument: RulesDocument = { organisation: defaultRules, sites: {} };

/**
 * The rules for one room: organisation over site over room (10.4). A lower layer can only be stricter; where
 * it asks for more than the layer above allows, the layer above holds.
 */
export const effectiveRules = (document: RulesDocument, site: string, room: Layer): Rules =>
  stricter(stricter(document.organisation, document.sites[site] ?? {}), room);

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
