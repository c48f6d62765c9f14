import type { CommandContext } from '../../core/feature.ts';
import type { Refusal } from '../../core/refusal.ts';
import type { Answer, Card } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import type { Settled } from './handler.ts';

type Counted = 'series.cancelledCount' | 'series.decidedCount' | 'series.changedCount';

/** What became of several dates: how many, and why not the others; or that there was none. */
export function bannerOf(reader: Reader, { done, refused }: Settled, key: Counted): Card['banner'] {
  if (done.length + refused.length === 0) return { tone: 'bad', text: reader.t('series.noneLeft') };
  const why = [...new Set(refused.map((refusal) => reader.refusal(refusal)))];
  return {
    tone: done.length === 0 ? 'bad' : refused.length > 0 ? 'warning' : 'good',
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
