import { connect } from 'node:tls';
import { day } from '../core/clock.ts';
import { ask, type Skew, Unreached } from './ask.ts';
import { aside, type Finding, right, wrong } from './report.ts';

/** Caddy and its like renew 30 days before the end. */
const soon = 14 * day;

/** The way from outside to the bot and back: https, no detour, nothing open that should not be. */
export async function examineAddress(publicUrl: string | null, skews: Skew[]): Promise<Finding[]> {
  if (publicUrl === null)
    return [aside('Address: PUBLIC_URL is not set, so there are no calendars, pictures and exports')];
  const url = new URL(publicUrl);
  if (url.protocol !== 'https:')
    return [
      wrong(
        `Address: ${url.host} is not reached by https`,
        'Put a proxy with TLS in front, such as the Caddy of compose.yaml.',
      ),
    ];
  const base = publicUrl.replace(/\/*$/, '');
  try {
    const found = [await examineHealth(base, skews)];
    for (const inner of ['/metrics', '/readyz']) found.push(...(await examineInner(base, inner, skews)));
    found.push(await examineCertificate(url));
    return found;
  } catch (cause) {
    if (!(cause instanceof Unreached)) throw cause;
    return [wrong(`Address: ${cause.message}`, remedyFor(cause.code))];
  }
}

const remedyFor = (code: string): string =>
  /CERT|SIGNATURE|ALTNAME|TLS|SSL/.test(code)
    ? 'Give the proxy a valid certificate for this name, with its whole chain.'
    : 'Look at the name in PUBLIC_URL, at DNS, and at the firewall: port 443 has to be open. Some networks can’t reach their own outside; then try from elsewhere.';

async function examineHealth(base: string, skews: Skew[]): Promise<Finding> {
  const { host } = new URL(base);
  const { status, headers, json } = await ask(`${base}/healthz`, {}, skews);
  if (status === 200 && JSON.stringify(json) === '{"status":"alive"}')
    return right(`Address: the bot answers at ${host}`);
  if (status >= 300 && status < 400) {
    const to = headers.get('location') ?? '?';
    return wrong(
      `Address: ${host} sends elsewhere (${status}, to ${URL.canParse(to, base) ? new URL(to, base).host : '?'})`,
      'Slack and Teams follow no redirect: set PUBLIC_URL, and the addresses in both apps, to where it leads.',
    );
  }
  if (status >= 502 && status <= 504)
    return wrong(
      `Address: the proxy at ${host} does not reach the bot (${status})`,
      'Start the bot, and look at where the proxy passes requests on to.',
    );
  return wrong(
    `Address: ${host} does not lead to the bot (${status})`,
    'Let the proxy pass /healthz, /api/messages, /slack/, /files/ and /calendar/ on to the bot.',
  );
}

/** What is for the inside alone has to end at the proxy. */
async function examineInner(base: string, path: string, skews: Skew[]): Promise<Finding[]> {
  const { headers, text } = await ask(base + path, {}, skews);
  const ours =
    text.includes('commands_total') ||
    (path === '/readyz' && /json/.test(headers.get('content-type') ?? '') && text.includes('ready'));
  return ours
    ? [
        wrong(
          `Address: ${path} can be read by everybody`,
          'Let the proxy pass on only /healthz, /api/messages, /slack/, /files/ and /calendar/.',
        ),
      ]
    : [];
}

async function examineCertificate(url: URL): Promise<Finding> {
  const until = await new Promise<number>((resolve, reject) => {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const socket = connect({
      host,
      port: Number(url.port) || 443,
      servername: /^[\d.:]+$/.test(host) ? '' : host,
    });
    socket.setTimeout(5_000, () => socket.destroy(new Unreached(url.host, 'ETIMEDOUT')));
    socket.once('error', (cause) =>
      reject(cause instanceof Unreached ? cause : new Unreached(url.host, `${Reflect.get(cause, 'code')}`)),
    );
    socket.once('secureConnect', () => {
      resolve(Date.parse(socket.getPeerCertificate().valid_to));
      socket.end();
    });
  });
  const days = Math.floor((until - Date.now()) / day);
  return until - Date.now() > soon
    ? right(`Address: the certificate is valid for ${days} more days`)
    : wrong(
        `Address: the certificate ends in ${days} days`,
        'Look why it was not renewed: the proxy’s log says so.',
      );
}
