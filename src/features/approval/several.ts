import { z } from 'zod';
import { type CommandContext, command, type Feature } from '../../core/feature.ts';
import type { BookingId } from '../../core/ids.ts';
import type { Answer, Card, Form, Row } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import {
  type BookingService,
  type Detail,
  loadDetail,
  matterOf,
  type Outcome,
  originOf,
} from '../booking/index.ts';
import { canBeApproved, pageOf } from './list.ts';

const page = z.coerce.number().int().min(1).default(1);

/** More than a page holds. */
const mostChosen = 20;

/** Names what was seen: the booking, and the form of what waits. */
const choiceOf = ({ booking }: Detail): string => `${booking.id} ${matterOf(booking)?.asOf ?? 1}`;
const choice = z
  .string()
  .regex(/^\S+ \d+$/)
  .transform((text) => {
    const [booking, asOf] = text.split(' ');
    return { booking: booking as BookingId, asOf: Number(asOf) };
  });

/** Approving several of a page in one go, each judged by itself (2.2). */
export function severalCommands(bookings: BookingService): NonNullable<Feature['commands']> {
  return {
    'approval.several': command({
      right: 'member',
      input: z.object({ page }),
      acts: false,
      handle: (context, input) => formAnswer(context, input.page),
    }),
    'approval.approveSeveral': command({
      right: 'member',
      input: z.object({ token: z.string(), page, chosen: z.array(choice).max(mostChosen).default([]) }),
      acts: true,
      handle: (context, input) =>
        input.chosen.length === 0
          ? formAnswer(context, input.page, context.reader.t('approval.several.none'))
          : approveAll(bookings, context, input.chosen, input.page),
    }),
  };

  async function formAnswer(context: CommandContext, wanted: number, error?: string): Promise<Answer> {
    const { reader, token } = context;
    const { listed } = await pageOf(bookings, context, wanted);
    const details = listed.filter(canBeApproved).map((it) => it.detail);
    if (details.length === 0) return { kind: 'note', tone: 'neutral', text: reader.t('approval.none') };
    const data = { token: token(), page: String(wanted) };
    const form = severalForm(reader, details, data, error);
    return error === undefined ? { kind: 'form', form } : { kind: 'invalid', form };
  }
}

async function approveAll(
  bookings: BookingService,
  context: CommandContext,
  chosen: ReadonlyArray<{ booking: BookingId; asOf: number }>,
  page: number,
): Promise<Answer> {
  const { tx, now, reader, actor } = context;
  const by = actor.person;
  const rows: Row[] = [];
  for (const { booking, asOf } of chosen) {
    const outcome = await bookings.change(originOf(context), booking, { type: 'approve', by, asOf });
    const detail = await loadDetail(tx, booking);
    // What it is about is for its host and those who decide it (5.3): a client may send any booking's id.
    const theirs =
      detail && (detail.booking.host === by || (await bookings.mayDecide(tx, now, detail.booking, by)));
    rows.push(resultRow(reader, theirs ? detail : null, outcome));
  }
  return { kind: 'card', card: resultCard(context.reader, rows, page) };
}

function severalForm(reader: Reader, details: readonly Detail[], data: Form['data'], error?: string): Form {
  return {
    layout: 'form',
    title: reader.t('approval.several.title'),
    command: 'approval.approveSeveral',
    submit: reader.t('approval.several.send'),
    cancel: reader.t('common.cancel'),
    data,
    fields: [
      {
        kind: 'choices',
        name: 'chosen',
        label: reader.t('approval.several.field'),
        required: true,
        ...(error === undefined ? {} : { error }),
        options: details.map((detail) => {
          const { booking, room, nameOf } = detail;
          const matter = matterOf(booking)?.matter ?? 'request';
          return {
            value: choiceOf(detail),
            label: reader.t('approval.several.option', { number: booking.number, topic: booking.topic }),
            description: [
              ...(matter === 'request' ? [] : [reader.t(`approval.matter.${matter}`)]),
              reader.span(booking.start, booking.end),
              room.name,
              nameOf(booking.host),
            ].join(' · '),
          };
        }),
      },
    ],
  };
}

function resultRow(reader: Reader, detail: Detail | null, outcome: Outcome | null): Row {
  const title = detail
    ? reader.t('booking.rowTitle', { number: detail.booking.number, topic: detail.booking.topic })
    : '–';
  if (!outcome) return refusedRow(reader, title, reader.t('approval.several.gone'));
  if (!outcome.ok) return refusedRow(reader, title, reader.refusal(outcome.refusal));
  const waits = matterOf(outcome.booking) !== null;
  return {
    title,
    tone: waits ? 'warning' : 'good',
    badge: reader.t(waits ? 'approval.several.seconded' : 'approval.several.approved'),
  };
}

const refusedRow = (reader: Reader, title: string, text: string): Row => ({
  title,
  text,
  tone: 'bad',
  badge: reader.t('approval.several.refused'),
});

const resultCard = (reader: Reader, rows: Row[], page: number): Card => ({
  layout: 'list',
  tone: 'neutral',
  title: reader.t('approval.several.result', { count: rows.length }),
  rows,
  actions: [
    {
      kind: 'command',
      label: reader.t('approval.several.back'),
      command: 'approval.list',
      data: { page: String(page) },
      answer: 'new',
    },
  ],
});
