import type { ConversationParameters, ConversationReference, TurnContext } from 'botbuilder';
import { Unreachable } from '../../core/errors.ts';
import { audience, type Connector } from './connector.ts';
import type { Reference } from './reference.ts';

/** Opens and enters the chats between the bot and one person. */
export type Personal = {
  /** Notes where a tenant's connector is. */
  seen(tenant: string, at: { serviceUrl: string; bot: string }): void;
  /**
   * The chat with somebody who may never have written. Teams gives the same one every time.
   * @throws Unreachable where the app is not installed for them.
   */
  open(tenant: string, userId: string): Promise<Reference>;
  /** Runs in an existing conversation. What `run` throws is thrown. */
  enter<T>(reference: Reference, run: (turn: TurnContext) => Promise<T>): Promise<T>;
};

// The connector for all tenants of the public cloud, until one's own is known.
const anywhere = 'https://smba.trafficmanager.net/teams/';

export function createPersonal({ adapter, appId }: Connector): Personal {
  const connectors = new Map<string, { serviceUrl: string; bot: string }>();

  return {
    seen: (tenant, at) => connectors.set(tenant, at),

    async open(tenant, userId) {
      const { serviceUrl, bot } = connectors.get(tenant) ?? { serviceUrl: anywhere, bot: `28:${appId}` };
      // The SDK's types ask for names and activities that Teams does not need.
      const parameters = {
        isGroup: false,
        bot: { id: bot },
        members: [{ id: userId }],
        tenantId: tenant,
        channelData: { tenant: { id: tenant } },
      } as ConversationParameters;
      let id = '';
      try {
        await adapter.createConversationAsync(
          appId,
          'msteams',
          serviceUrl,
          audience,
          parameters,
          async (turn) => {
            id = turn.activity.conversation.id;
          },
        );
      } catch (error) {
        if ([400, 403, 404].includes(statusOf(error) ?? 0))
          throw new Unreachable(`the app is not installed for this user (${statusOf(error)})`);
        throw error;
      }
      return {
        channelId: 'msteams',
        serviceUrl,
        conversation: { id },
        bot: { id: bot },
        user: { id: userId },
      };
    },

    async enter<T>(reference: Reference, run: (turn: TurnContext) => Promise<T>) {
      let result!: T;
      await adapter.continueConversationAsync(
        appId,
        reference as Partial<ConversationReference>,
        async (turn) => {
          result = await run(turn);
        },
      );
      return result;
    },
  };
}

/** The HTTP status with which the connector refused, where it did. */
export const statusOf = (error: unknown): number | null =>
  error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
    ? error.statusCode
    : null;
