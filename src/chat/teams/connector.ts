import {
  type Activity,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConfigurationServiceClientCredentialFactory,
} from 'botbuilder';
import type { TeamsConfig } from '../../config.ts';
import { RateLimited } from '../../core/errors.ts';
import { issuerCredentials } from './credentials.ts';

type Settings = ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>;
type HttpClient = NonNullable<NonNullable<Settings[4]>['httpClient']>;
/** Proof that a request was authenticated, which the adapter's turn needs. */
export type Authenticated = Exclude<Parameters<CloudAdapter['processActivityDirect']>[0], string>;

export type Connector = {
  adapter: CloudAdapter;
  appId: string;
  /** @throws anything where the token is not the Bot Framework's own for this app and this service address. */
  authenticate(activity: Activity, authorization: string): Promise<Authenticated>;
};

/** The scope of tokens for Microsoft's connector. */
export const audience = 'https://api.botframework.com';

/** The SDK's adapter, with Microsoft's addresses, the test issuer's, or (sandbox) no authentication. */
export function createConnector(config: TeamsConfig): Connector {
  if (Boolean(config.appId) === Boolean(config.sandboxServiceUrls))
    throw new Error('Teams needs an app id, or it would let anybody in: only the sandbox is without.');
  const authentication = new ConfigurationBotFrameworkAuthentication(
    config.issuer ? issuerAddresses(config.issuer) : {},
    config.issuer ? issuerCredentials(config, config.issuer.metadataUrl) : realCredentials(config),
    { requiredEndorsements: [] },
    undefined,
    { httpClient: promptHttp },
  );
  return {
    adapter: new CloudAdapter(authentication),
    appId: config.appId,
    authenticate: (activity, authorization) => authentication.authenticateRequest(activity, authorization),
  };
}

const realCredentials = (config: TeamsConfig) =>
  new ConfigurationServiceClientCredentialFactory(
    config.appId
      ? {
          MicrosoftAppId: config.appId,
          MicrosoftAppPassword: config.appPassword,
          MicrosoftAppType: config.appType,
          ...(config.appTenantId && { MicrosoftAppTenantId: config.appTenantId }),
        }
      : {},
  );

// One address given, the SDK takes none of Microsoft's own any more: all have to be given.
const issuerAddresses = ({ metadataUrl, issuer }: { metadataUrl: string; issuer: string }) => ({
  ToBotFromChannelTokenIssuer: issuer,
  ToBotFromChannelOpenIdMetadataUrl: metadataUrl,
  ToBotFromEmulatorOpenIdMetadataUrl: metadataUrl,
  ToChannelFromBotLoginUrl: metadataUrl,
  ToChannelFromBotOAuthScope: audience,
  OAuthUrl: metadataUrl,
});

/**
 * HTTP to the connector without the SDK's own retries, which would wait out a 429 inside the call: the queue
 * retries. What is thrown here passes the SDK's retry policy unseen.
 */
const promptHttp: HttpClient = {
  async sendRequest(request) {
    const body = request.body === undefined || request.body === null ? {} : { body: String(request.body) };
    const response = await fetch(request.url, {
      method: request.method,
      headers: request.headers.rawHeaders(),
      ...body,
      redirect: 'error',
      signal: AbortSignal.timeout(10_000),
    });
    const bodyAsText = await response.text();
    if (response.status === 429) throw new RateLimited(retryAfter(response.headers.get('retry-after')));
    if (response.status >= 500) throw new Error(`the connector answered ${response.status}`);
    const headers = request.headers.clone();
    for (const name of headers.headerNames()) headers.remove(name);
    for (const [name, value] of response.headers) headers.set(name, value);
    return { request, status: response.status, headers, bodyAsText };
  },
};

/** `Retry-After` in milliseconds; two seconds where it is missing or no number of seconds. */
const retryAfter = (header: string | null): number => {
  const seconds = Number(header ?? Number.NaN);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 2000;
};
