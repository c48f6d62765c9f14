import * as AdaptiveCards from 'adaptivecards';
import type { CardJson } from '../../src/chat/teams/limits.ts';

/** What Microsoft's own parser has against a card. */
export function parserProblems(json: CardJson): string[] {
  const context = new AdaptiveCards.SerializationContext();
  new AdaptiveCards.AdaptiveCard().parse(json, context);
  return Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index)?.message ?? '');
}
