import type { CommandContext } from '../../core/feature.ts';
import type { DraftId } from '../../core/ids.ts';
import type { Answer } from '../../core/view.ts';
import { type Draft, findDraft } from '../draft/index.ts';
import { stale } from './answers.ts';
import { seriesAnswer } from './running.ts';

/**
 * Goes on from the draft of a change to a series, with what it would come to now; a click on one that was applied
 * already, or that there is no more, is told so.
 * @param load what it would come to; null: nothing any more
 */
export const goOn =
  <Foreseen>(load: (context: CommandContext, draft: Draft) => Promise<Foreseen | null>) =>
  async (
    context: CommandContext,
    id: DraftId,
    go: (draft: Draft, foreseen: Foreseen) => Promise<Answer>,
  ): Promise<Answer> => {
    const { tx, reader, actor } = context;
    const draft = await findDraft(tx, id, actor.person);
    if (draft?.booking && draft.typed.changes)
      return seriesAnswer(context, draft.typed.changes.series, 1, {
        tone: 'warning',
        text: reader.t('series.appliedAlready'),
      });
    const foreseen = draft && (await load(context, draft));
    return draft && foreseen ? go(draft, foreseen) : stale(context);
  };
