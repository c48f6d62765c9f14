import { z } from 'zod';
import { type CommandContext, command, type Feature } from '../../core/feature.ts';
import type { PersonId } from '../../core/ids.ts';
import { may } from '../../core/rights.ts';
import { toLocal } from '../../core/time.ts';
import type { Answer } from '../../core/view.ts';
import type { BookingService } from '../booking/index.ts';
import { type Directory, namesOf, refuseStrangers } from '../people/index.ts';
import { periodSaid } from '../statistics/index.ts';
import { createAbsences } from './absences.ts';
import { type AbsenceProblems, judgeAbsence, readDays, type TypedDays } from './domain.ts';
import { handBack, handOver } from './handover.ts';
import { showDuties } from './show.ts';
import { absencesOf, findSubstitution, type Substitution } from './store.ts';
import {
  absenceForm,
  type DutyNews,
  dutyNews,
  newsCard,
  overlapRefusal,
  savedText,
  type TypedAbsence,
} from './views.ts';

export * from './store.ts';

const text = z.string().default('');
const people = z.array(z.string().transform((id) => id as PersonId)).default([]);
const page = z.coerce.number().int().min(1).default(1);
const typedAbsence = z.object({
  token: z.string(),
  person: people,
  from: text,
  until: text,
  substitute: people,
});

/** Days written out in full, or in words: `next week`. What lies behind is no part of an absence. */
function daysSaid(text: string, today: string): TypedDays {
  const written = readDays(text);
  if (written.from !== '') return written;
  const { period } = periodSaid(text, today);
  if (!period || period.until < today) return written;
  return { from: period.from < today ? today : period.from, until: period.until };
}

const away = /^(away|請假|请假|離開|离开)(\s|$)/i;
const back = /^(back|回來|回来|銷假|销假)$/i;

/** Who is responsible for what, and who stands in (7.1): `/duties`, `/duties away …`, `/duties back`. */
export function createDuties({
  bookings,
  directory,
}: {
  bookings: BookingService;
  directory: Directory;
}): Feature {
  const absences = createAbsences(bookings);
  const show = (context: CommandContext, wanted: number, banner?: string): Promise<Answer> =>
    showDuties(directory, context, wanted, banner);

  return {
    name: 'duties',
    words: {
      duties(rest) {
        if (away.test(rest)) return { command: 'duties.open', input: { text: rest } };
        if (back.test(rest)) return { command: 'duties.back', input: {} };
        return { command: 'duties.show', input: {} };
      },
    },
    views: {
      'duties.news': async ({ tx, now, reader }, data) => {
        const found = await findSubstitution(tx, data.substitution ?? '');
        const news = dutyNews.find((it): it is DutyNews => it === data.news);
        // Over already, or ended before anybody was told that it would begin.
        if (!found || !news || (news !== 'ended' && found.until <= now)) return null;
        return { card: newsCard(reader, found, news, await nameOf(tx, [found])) };
      },
    },
    jobs: {
      'duties.begin': async ({ tx, now }, data) => {
        const found = await findSubstitution(tx, data.substitution ?? '');
        if (found && found.from <= now && now < found.until) await handOver(bookings, tx, now, found);
      },
      'duties.end': async ({ tx, now }, data) => {
        const found = await findSubstitution(tx, data.substitution ?? '');
        if (found && found.until <= now) await handBack(bookings, tx, now, found);
      },
    },
    commands: {
      'duties.show': command({
        right: 'member',
        input: z.object({ page }),
        acts: false,
        handle: (context, input) => show(context, input.page),
      }),
      'duties.open': command({
        right: 'member',
        input: z.object({ text }),
        acts: false,
        async handle(context, input) {
          const { now, reader, actor, token } = context;
          const substitute = [...context.mentioned.values()].filter((it) => it.member).map((it) => it.person);
          const typed = {
            token: token(),
            person: [],
            substitute: substitute.slice(0, 1),
            ...daysSaid(input.text, toLocal(now, reader.zone).date),
          };
          return { kind: 'form', form: absenceForm(reader, typed, { admin: may(actor, 'admin') }) };
        },
      }),
      'duties.save': command({
        right: 'member',
        input: typedAbsence,
        people: ['person', 'substitute'],
        acts: true,
        handle: save,
      }),
      'duties.back': command({
        right: 'member',
        input: z.object({}),
        acts: true,
        async handle(context) {
          const { tx, now, reader, actor } = context;
          const current = await absencesOf(tx, actor.person, { from: now, until: now + 1 });
          if (current.length === 0)
            return { kind: 'note', tone: 'neutral', text: reader.t('duties.notAway') };
          for (const absence of current) await absences.end(context, absence);
          return show(context, 1, reader.t('duties.ended', { name: actor.name }));
        },
      }),
      'duties.end': command({
        right: 'member',
        input: z.object({ substitution: z.string() }),
        acts: true,
        async handle(context, input) {
          const { tx, now, reader, actor } = context;
          const found = await findSubstitution(tx, input.substitution);
          const theirs = found?.person === actor.person || may(actor, 'admin');
          if (!found || !theirs || found.until <= now)
            return { kind: 'note', tone: 'bad', text: reader.t('common.stale') };
          await absences.end(context, found);
          const begun = found.from <= now;
          const name = (await nameOf(tx, [found]))(found.person);
          return show(context, 1, begun ? reader.t('duties.ended', { name }) : reader.t('duties.unplanned'));
        },
      }),
    },
  };

  async function save(context: CommandContext, typed: TypedAbsence): Promise<Answer> {
    const { tx, now, reader, actor } = context;
    const admin = may(actor, 'admin');
    const refused = (problems: AbsenceProblems): Answer => ({
      kind: 'invalid',
      form: absenceForm(reader, typed, { admin, problems }),
    });
    const strangers: AbsenceProblems = {};
    for (const field of ['person', 'substitute'] as const) {
      const stranger = refuseStrangers(context.strangers, field);
      if (stranger) strangers[field] = stranger;
    }
    const [person = actor.person] = typed.person;
    const clock = person === actor.person ? null : (await directory.clocksOf(tx, [person])).get(person);
    const others = await absencesOf(tx, person, { from: now, until: Number.MAX_SAFE_INTEGER });
    const judged = judgeAbsence(
      {
        from: typed.from,
        until: typed.until,
        by: actor.person,
        admin,
        person,
        substitute: typed.substitute[0] ?? null,
        zone: clock?.zone ?? reader.zone,
      },
      others,
      now,
    );
    if (!judged.ok) {
      const overlap = judged.overlap && overlapRefusal(reader, judged.overlap, await nameOf(tx, others));
      return refused({ ...judged.problems, ...(overlap ? { from: overlap } : {}), ...strangers });
    }
    if (Object.keys(strangers).length > 0) return refused(strangers);
    const made = await absences.begin(context, judged.absence);
    return show(context, 1, savedText(reader, made, await nameOf(tx, [made])));
  }
}

/** The names of all whom absences are about. */
async function nameOf(
  tx: CommandContext['tx'],
  absences: readonly Substitution[],
): Promise<(person: PersonId) => string> {
  const names = await namesOf(
    tx,
    absences.flatMap((it) => [it.person, it.substitute, it.by]),
  );
  return (person) => names.get(person) ?? '–';
}
