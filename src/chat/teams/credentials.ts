import type { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { z } from 'zod';
import type { TeamsConfig } from '../../config.ts';

type CredentialsFactory = NonNullable<
  ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[1]
>;
type Credentials = Awaited<ReturnType<CredentialsFactory['createCredentials']>>;

const metadata = z.object({ token_endpoint: z.url() });
const granted = z.object({ access_token: z.string().min(1), expires_in: z.number() });

/**
 * Credentials for an issuer that is not Microsoft's: asks for tokens at the `token_endpoint` of its metadata,
 * as the OAuth client credentials grant has it. Microsoft's own library speaks to its own addresses only.
 */
export function issuerCredentials(config: TeamsConfig, metadataUrl: string): CredentialsFactory {
  let kept: { token: string; until: number } | null = null;

  async function token(scope: string): Promise<string> {
    if (kept && kept.until > Date.now()) return kept.token;
    const { token_endpoint } = metadata.parse(await getJson(metadataUrl));
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: config.appId,
      client_secret: config.appPassword,
      scope,
    });
    const answer = granted.parse(await getJson(token_endpoint, { method: 'POST', body: form }));
    kept = { token: answer.access_token, until: Date.now() + (answer.expires_in - 60) * 1000 };
    return answer.access_token;
  }

  return {
    isValidAppId: async (appId) => appId === config.appId,
    isAuthenticationDisabled: async () => false,
    createCredentials: async (_appId, audience): Promise<Credentials> => ({
      async signRequest(request) {
        request.headers.set('authorization', `Bearer ${await token(`${audience}/.default`)}`);
        return request;
      },
    }),
  };
}

async function getJson(url: string, init: RequestInit = {}): Promise<unknown> {
  const response = await fetch(url, { ...init, signal: AbortSignal.timeout(10_000) });
  if (!response.ok) throw new Error(`the token issuer answered ${response.status}`);
  return response.json();
}
