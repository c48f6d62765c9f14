import type { CommandContext } from '../../core/feature.ts';
import type { Refusal } from '../../core/refusal.ts';
import type { Answer, Card, Tone } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import { matterOf } from '../booking/index.ts';
import { cancellingFrom } from './change.ts';
import type { Settled } from './handler.ts';
import type { Whole } from './load.ts';

type Counted = `series.${'cancelled' | 'decided' | 'changed' | 'kept'}Count` | 'series.repatterned';

/** What became of several dates: how many, and why not the others; or that there was none. */
export function bannerOf(reader: Reader, { done, refused }: Settled, key: Counted): Card['banner'] {
  if (done.length + refused.length === 0) return { tone: 'bad', text: reader.t('series.noneLeft') };
  const why = [...new Set(refused.map((refusal) => reader.refusal(refusal)))];
  const settled: Tone = done.some((it) => matterOf(it) !== null) ? 'neutral' : 'good';
  return {
    tone: done.length === 0 ? 'bad' : refused.length > 0 ? 'warning' : settled,
    text: [...(done.length > 0 ? [reader.t(key, { count: done.length })] : []), ...why].join(' '),
  };
}

export const note = ({ reader }: Pick<CommandContext, 'reader'>, refusal: Refusal): Answer => ({
  kind: 'note',
  tone: 'bad',
  text: reader.refusal(refusal),
});

/** A button of something that is gone, or never was theirs. */
export const stale = (context: Pick<CommandContext, 'reader'>): Answer =>
  note(context, { key: 'common.stale' });

/** There is no date that could be changed: all are over, or being cancelled, or the series is not theirs. */
export function noneAhead(context: CommandContext, whole: Whole | null): Answer {
  const by = context.actor.person;
  const them = whole?.series.host === by ? whole.details.map(({ booking }) => booking) : [];
  return cancellingFrom(them, { by, from: '', now: context.now }).length > 0
    ? note(context, { key: 'series.refused.cancelling', clause: '2.4' })
    : stale(context);
}
