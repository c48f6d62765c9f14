import { z } from 'zod';
import type { TeamsConfig } from '../config.ts';
import { ask, type Skew } from './ask.ts';
import { aside, type Finding, right, wrong } from './report.ts';

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const metadata = z.object({ jwks_uri: z.url(), token_endpoint: z.url().optional() });
const keys = z.object({ keys: z.array(z.unknown()).min(1) });
const refusal = z.object({ error: z.string(), error_codes: z.array(z.number()).optional() });

/** Where the Bot Framework says with which keys its tokens are signed. */
const botFramework = 'https://login.botframework.com/v1/.well-known/openidconfiguration';

const newSecret =
  'Azure portal → the bot → Configuration → Manage Password → New client secret, and set MICROSOFT_APP_PASSWORD to its value (not its id).';
const remedies: Record<number, string> = {
  7000215: newSecret,
  7000222: `The secret has expired. ${newSecret}`,
  700016:
    'MICROSOFT_APP_ID is not known in the tenant MICROSOFT_APP_TENANT_ID: copy both again from the bot’s Configuration.',
  90002: 'MICROSOFT_APP_TENANT_ID is no tenant: copy the App Tenant ID again from the bot’s Configuration.',
  900023: 'MICROSOFT_APP_TENANT_ID is no tenant: copy the App Tenant ID again from the bot’s Configuration.',
};

/** App registration, by asking for a token as the bot does, and the keys by which its callers are recognised. */
export async function examineTeams(config: TeamsConfig, skews: Skew[]): Promise<Finding[]> {
  const found = examineIds(config);
  const metadataUrl = config.issuer?.metadataUrl ?? botFramework;
  const about = metadata.safeParse((await ask(metadataUrl, {}, skews)).json);
  const known = about.success && keys.safeParse((await ask(about.data.jwks_uri, {}, skews)).json).success;
  found.push(
    known
      ? right('Teams: the keys by which its requests are recognised can be fetched')
      : wrong(
          `Teams: ${new URL(metadataUrl).host} does not give the keys by which requests are recognised`,
          'Let the bot’s machine reach login.botframework.com by https.',
        ),
  );
  if (config.appType === 'UserAssignedMSI')
    return [...found, aside('Teams: a managed identity has no password that could be tried')];
  const endpoint = config.issuer && about.success ? about.data.token_endpoint : null;
  found.push(await examineRegistration(config, endpoint ?? loginOf(config), skews));
  return found;
}

function examineIds({ appId, appTenantId, allowedTenants }: TeamsConfig): Finding[] {
  const ids = { MICROSOFT_APP_ID: [appId], MICROSOFT_APP_TENANT_ID: appTenantId ? [appTenantId] : [] };
  return Object.entries({ ...ids, TEAMS_ALLOWED_TENANTS: allowedTenants })
    .filter(([, values]) => !values.every((it) => guid.test(it)))
    .map(([name]) =>
      wrong(
        `Teams: ${name} is not of the form 00000000-0000-0000-0000-000000000000`,
        'Copy it again from the Azure portal.',
      ),
    );
}

const loginOf = ({ appType, appTenantId }: TeamsConfig): string =>
  `https://login.microsoftonline.com/${appType === 'MultiTenant' ? 'botframework.com' : encodeURIComponent(appTenantId ?? '')}/oauth2/v2.0/token`;

async function examineRegistration(config: TeamsConfig, endpoint: string, skews: Skew[]): Promise<Finding> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: config.appId,
    client_secret: config.appPassword,
    scope: 'https://api.botframework.com/.default',
  });
  const told = await ask(endpoint, { method: 'POST', body }, skews);
  if (told.status === 200) return right('Teams: the app registration gives the bot a token');
  const why = refusal.safeParse(told.json);
  const codes = (why.success && why.data.error_codes) || [];
  const said = why.success
    ? [why.data.error, ...codes.map((it) => `AADSTS${it}`)].join(' ')
    : `HTTP ${told.status}`;
  const remedy = codes.flatMap((it) => remedies[it] ?? [])[0];
  return wrong(
    `Teams: the app registration gives no token (${said})`,
    remedy ??
      'Compare MICROSOFT_APP_ID, MICROSOFT_APP_PASSWORD, MICROSOFT_APP_TYPE and MICROSOFT_APP_TENANT_ID with the bot’s Configuration in the Azure portal.',
  );
}
