import type { Refusal } from '../../core/refusal.ts';
import { weekdayOf } from '../../core/time.ts';
import type { Card, Field, Form, Option } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import {
  mostInterval,
  type PlanField,
  type PlanKind,
  type PlanProblems,
  planKindsFrom,
  type TypedPlan,
  weekdays,
} from './plan.ts';
import { mostOccurrences, placeInMonth } from './recurrence.ts';
import { nthName, weekdayName } from './words.ts';

/** Asks how a booking repeats and when that ends (2.1). */
export function planForm(
  reader: Reader,
  it: {
    typed: TypedPlan;
    first: string;
    lastDay: string;
    data: Record<string, string> & { token: string };
    /** Where it is sent; absent: to the draft that it plans. */
    command?: string;
    problems?: PlanProblems;
    title?: string;
    banner?: Card['banner'];
  },
): Form {
  const { typed, first, lastDay } = it;
  const at = (name: PlanField) => {
    const problem: Refusal | undefined = it.problems?.[name];
    return {
      name,
      label: reader.t(`series.field.${name}`),
      ...(problem ? { error: reader.refusal(problem) } : {}),
    };
  };
  const fields: Field[] = [
    {
      kind: 'choice',
      ...at('pattern'),
      value: typed.pattern,
      required: true,
      options: planKindsFrom(first).map((kind) => ({ value: kind, label: kindName(reader, kind, first) })),
    },
    {
      kind: 'number',
      ...at('interval'),
      value: typed.interval,
      required: true,
      min: 1,
      max: mostInterval,
      hint: reader.t('series.hint.interval'),
    },
    {
      kind: 'choices',
      ...at('days'),
      value: typed.days,
      options: weekdays.map((day) => ({ value: String(day), label: weekdayName(reader, day) })),
      hint: reader.t('series.hint.days'),
    },
    {
      kind: 'choice',
      ...at('ends'),
      value: typed.ends,
      required: true,
      options: (['until', 'count'] as const).map(
        (end): Option => ({ value: end, label: reader.t(`series.ends.${end}`) }),
      ),
    },
    {
      kind: 'date',
      ...at('until'),
      ...(typed.until ? { value: typed.until } : {}),
      min: first,
      max: lastDay,
      hint: reader.t('series.hint.until', { day: { day: lastDay } }),
    },
    { kind: 'number', ...at('count'), value: typed.count, min: 2, max: mostOccurrences },
  ];
  return {
    layout: 'form',
    title: it.title ?? reader.t('series.plan'),
    command: it.command ?? 'series.plan',
    submit: reader.t('series.preview'),
    cancel: reader.t('common.cancel'),
    data: it.data,
    fields,
    banner: it.banner ?? { tone: 'neutral', text: reader.t('series.firstDay', { day: { day: first } }) },
  };
}

function kindName(reader: Reader, kind: PlanKind, first: string): string {
  const day = weekdayName(reader, weekdayOf(first));
  switch (kind) {
    case 'day':
    case 'week':
      return reader.t(`series.kind.${kind}`);
    case 'date':
      return reader.t('series.kind.date', { date: Number(first.slice(8)) });
    case 'nth':
      return reader.t('series.kind.weekday', { day, nth: nthName(reader, placeInMonth(first).nth) });
    case 'last':
      return reader.t('series.kind.weekday', { day, nth: nthName(reader, -1) });
  }
}
