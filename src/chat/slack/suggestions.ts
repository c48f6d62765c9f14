import type { App } from '@slack/bolt';
import { callerOf, type Deps } from './callers.ts';
import { traceSlack } from './client.ts';
import { optionOf, sourceId } from './inputs.ts';
import { limits } from './limits.ts';
import { soon } from './soon.ts';

/** Options of a choice while somebody types. None rather than an error, which Slack would show in their place. */
export function listenToSuggestions(app: App, { workspaces, dispatch, logger }: Deps): void {
  app.options(/.*/, async ({ options, context, ack }) => {
    const { caller } = await callerOf(workspaces, context);
    const source = options.action_id.startsWith(sourceId) ? options.action_id.slice(sourceId.length) : '';
    const search = dispatch.suggest(caller, source, options.value).catch((error: unknown) => {
      logger.error({ ...traceSlack(error), source }, 'options could not be looked up');
      return [];
    });
    const found = (await soon(search)) ?? [];
    await ack({ options: found.slice(0, limits.options).map(optionOf) });
  });
}
