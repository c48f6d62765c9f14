import type { CommandContext } from '../../core/feature.ts';
import type { Answer, Field, Form } from '../../core/view.ts';
import { type Problems, type Purpose, requestAnswer, type TypedRequest } from '../booking/index.ts';
import type { Whole } from './load.ts';
import { scopes } from './series-actions.ts';

/** The booking form, which asks in the place of a date for which dates it is meant. */
export async function changeForm(
  context: CommandContext,
  whole: Whole,
  it: { typed: TypedRequest; from: string; problems?: Problems; banner?: Form['banner'] },
): Promise<Answer> {
  const { reader } = context;
  const purpose: Purpose = {
    title: reader.t('series.change'),
    command: 'series.changed',
    submit: reader.t('series.foresee'),
    data: { series: whole.series.id },
    any: false,
  };
  const { typed, from, ...shown } = it;
  const answer = await requestAnswer(context, typed, { purpose, ...shown });
  if (answer.kind !== 'form' && answer.kind !== 'invalid') return answer;
  const scope: Field = {
    kind: 'choice',
    name: 'from',
    label: reader.t('series.scope'),
    value: from,
    required: true,
    options: scopes(reader, whole),
  };
  const fields = [scope, ...answer.form.fields.filter((field) => field.name !== 'date')];
  return { ...answer, form: { ...answer.form, fields } };
}
