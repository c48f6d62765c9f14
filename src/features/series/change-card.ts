import type { Action, Card, Row } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import type { Overridable } from '../booking/index.ts';
import type { Draft } from '../draft/index.ts';
import type { Whole } from './load.ts';
import { differencesOn } from './pending.ts';
import { onPage, turns } from './preview-card.ts';
import { changeable, type Foreseen, type Prospect, prospectPrint } from './prospect.ts';

/** What a change would do to the dates of a series (2.4): which keep what was changed by hand, and which can't follow. */
export function changeCard(
  reader: Reader,
  { prospect, draft, page: wanted }: { prospect: Prospect; draft: Draft; page: number },
  banner?: Card['banner'],
): Card {
  const { whole, change, typical, dates, over } = prospect;
  const special = dates.filter((it) => it.kept.length > 0 || it.breach !== null);
  const { shown, page, pages } = onPage(special, wanted);
  const count = changeable(dates, change).length;
  const model = dates.find((it) => it.kept.length === 0) ?? dates[0];
  return {
    layout: 'list',
    tone: special.length > 0 ? 'warning' : 'neutral',
    title: reader.t('series.changeTitle', { topic: typical.booking.topic }),
    ...(banner ? { banner } : {}),
    text: [reader.t('series.changeText', { count, all: dates.length })],
    facts: model ? differencesOn(reader, whole.series, { ...typical, booking: model.booking }, model.to) : [],
    rows: shown.map((it) => row(reader, whole, it)),
    actions: [
      ...(count > 0 ? [apply(reader, prospect, draft, { over: 'no', count, style: 'primary' })] : []),
      ...(special.some((it) => it.kept.length > 0)
        ? [apply(reader, prospect, draft, { over: 'yes', count: changeable(over, change).length })]
        : []),
      ...turns(reader, page, pages, (to) => ({
        command: 'series.foresee',
        data: { draft: draft.id, page: to },
      })),
    ],
    ...(pages > 1 ? { footnote: reader.t('common.page', { page, pages }) } : {}),
  };
}

function row(reader: Reader, { series }: Whole, { booking, kept, breach }: Foreseen): Row {
  const text = [
    ...(kept.length > 0 ? [reader.t('series.keeps', { fields: { list: fieldNames(reader, kept) } })] : []),
    ...(breach ? [reader.t('series.stays', { why: reader.refusal(breach) })] : []),
  ];
  return {
    title: reader.span(booking.start, booking.end, series.zone),
    text: text.join('\n'),
    badge: reader.t(breach ? 'series.standing.stays' : 'series.standing.exception'),
    tone: breach ? 'warning' : 'neutral',
  };
}

/** The names of fields as people know them; start and end are both the time. */
const fieldNames = (reader: Reader, fields: readonly Overridable[]): string[] => [
  ...new Set(
    fields.map((field) => reader.t(`booking.fact.${field === 'start' || field === 'end' ? 'when' : field}`)),
  ),
];

function apply(
  reader: Reader,
  prospect: Prospect,
  draft: Draft,
  { over, count, style }: { over: 'yes' | 'no'; count: number; style?: 'primary' },
): Action {
  return {
    kind: 'command',
    label: reader.t(over === 'yes' ? 'series.applyOver' : 'series.apply', { count }),
    command: 'series.apply',
    data: { draft: draft.id, over, print: prospectPrint(prospect) },
    ...(style ? { style } : {}),
  };
}
