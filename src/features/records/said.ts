import type { CommandContext } from '../../core/feature.ts';
import type { PersonId } from '../../core/ids.ts';
import { toLocal } from '../../core/time.ts';
import { departments, membersNamed } from '../people/index.ts';
import { roomsNamedIn, sitesInUse } from '../rooms/index.ts';
import { periodSaid, scopeIn } from '../statistics/index.ts';
import type { Viewer } from './domain.ts';
import { stateIn } from './state-words.ts';
import { emptySearch, type TypedSearch } from './typed.ts';

/** Nobody's topic is found by these. */
const fillers =
  /(?<![\p{L}\d])(?:in|at|by|of|from|for|with|about|the|all|bookings?|records?|meetings?)(?![\p{L}\d])|的/giu;
const myself = /(?<![\p{L}\d])(?:me|my|mine)(?![\p{L}\d])|我的?/iu;

export type Said = { ok: true; typed: TypedSearch } | { ok: false; severalCalled: string };

/**
 * What a line of words looks for (2.6): a number, a period, a state, a room, site, department or person by name; what
 * is left are words of the topic.
 */
export async function readSaid(context: CommandContext, said: string, viewer: Viewer): Promise<Said> {
  const { tx, now, reader, actor } = context;
  const numbered = /^\s*[#＃]?(\d{1,9})\s*$|[#＃](\d{1,9})(?!\d)/u.exec(said);
  const afterNumber = numbered ? said.replace(numbered[0], ' ') : said;
  const { period, rest: afterPeriod } = periodSaid(afterNumber, toLocal(now, reader.zone).date);
  const { state, rest: afterState } = stateIn(afterPeriod);
  const scope = scopeIn(afterState, {
    sites: await sitesInUse(tx),
    rooms: await roomsNamedIn(tx, afterState, reader.zone),
    departments: viewer.all ? await departments(tx) : [],
  });
  const mine = myself.test(scope.rest);
  const whose = await peopleIn(context, scope.rest.replace(myself, ' ').replace(fillers, ' '));
  if (!whose.ok) return whose;
  const words = whose.rest.replace(/\s+/g, ' ').trim();
  return {
    ok: true,
    typed: {
      ...emptySearch,
      number: numbered?.[1] ?? numbered?.[2] ?? '',
      words: [...words].slice(0, 200).join(''),
      who: [...whose.people, ...(mine ? [actor.person] : [])].join(','),
      room: scope.room ?? '',
      site: scope.room ? '' : (scope.site ?? ''),
      department: scope.department ?? '',
      state: state ?? '',
      from: period?.from ?? '',
      until: period?.until ?? '',
    },
  };
}

/** Names have no more words than this. */
const mostWords = 3;
/** Whoever writes more names nobody in it. */
const mostRead = 12;

/** The first member whom the text names, with an @ or as they are called; what nobody is called is left. */
async function peopleIn(
  { tx, mentioned }: CommandContext,
  text: string,
): Promise<{ ok: true; people: PersonId[]; rest: string } | { ok: false; severalCalled: string }> {
  const words = text.split(/\s+/).filter(Boolean);
  if (words.length > mostRead) return { ok: true, people: [], rest: text };
  for (let length = Math.min(mostWords, words.length); length > 0; length--)
    for (let first = 0; first + length <= words.length; first++) {
      const written = words.slice(first, first + length).join(' ');
      const name = written.replace(/^@/, '');
      const known = mentioned.get(name);
      const found = known ? [known.person] : await membersNamed(tx, name);
      const [only, ...others] = found;
      if (only === undefined) continue;
      // Without an @ a word that several are called may as well be of the topic.
      if (others.length > 0 && written === name) continue;
      if (others.length > 0) return { ok: false, severalCalled: name };
      const rest = [...words.slice(0, first), ...words.slice(first + length)].join(' ');
      return { ok: true, people: [only], rest };
    }
  return { ok: true, people: [], rest: text };
}
