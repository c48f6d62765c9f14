import { createHmac, createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import express from 'express';
import { type Listening, listen } from './listen.ts';

export type TokenIssuer = {
  metadataUrl: string;
  issuer: string;
  /** A token as the Bot Framework sends it; what is given replaces the usual claims. */
  sign(claims: Record<string, unknown>, key?: 'ours' | 'foreign'): string;
  /** A token that claims to need no signature, or one that is made with our public key, which anybody has. */
  forge(claims: Record<string, unknown>, how: 'none' | 'public key'): string;
  /** True for a token that the bot got from us to answer with. */
  granted(token: string): boolean;
  stop(): Promise<void>;
};

/**
 * A token issuer of our own, in place of Microsoft's: keys, OpenID metadata and client credentials.
 * `clock`: by which its tokens are dated, in milliseconds.
 */
export async function startIssuer(
  appId: string,
  secret: string,
  clock: () => number = Date.now,
): Promise<TokenIssuer> {
  const ours = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const kid = randomUUID();
  const grantedTokens = new Set<string>();

  const unsigned = (alg: string, claims: Record<string, unknown>): string => {
    const now = Math.floor(clock() / 1000);
    const payload = { iss: server.url, aud: appId, nbf: now - 60, exp: now + 3600, ...claims };
    return [{ alg, typ: 'JWT', kid }, payload].map(encode).join('.');
  };
  const sign = (claims: Record<string, unknown>, key: 'ours' | 'foreign' = 'ours'): string => {
    const text = unsigned('RS256', claims);
    const pair = key === 'ours' ? ours : foreign;
    return `${text}.${createSign('RSA-SHA256').update(text).sign(pair.privateKey, 'base64url')}`;
  };

  const app = express();
  app.get('/metadata', (_request, response) => {
    response.json({
      issuer: server.url,
      jwks_uri: `${server.url}/keys`,
      token_endpoint: `${server.url}/token`,
    });
  });
  app.get('/keys', (_request, response) => {
    const jwk = ours.publicKey.export({ format: 'jwk' });
    response.json({ keys: [{ ...jwk, kid, use: 'sig', endorsements: ['msteams'] }] });
  });
  app.post('/token', express.urlencoded({ extended: false }), (request, response) => {
    const { client_id, client_secret, grant_type } = request.body;
    if (client_id !== appId || client_secret !== secret || grant_type !== 'client_credentials')
      return void response.status(401).json({ error: 'invalid_client' });
    const token = sign({ aud: 'connector', jti: randomUUID() });
    grantedTokens.add(token);
    response.json({ token_type: 'Bearer', expires_in: 3600, access_token: token });
  });
  const server: Listening = await listen(app);

  return {
    metadataUrl: `${server.url}/metadata`,
    issuer: server.url,
    sign,
    forge(claims, how) {
      const text = unsigned(how === 'none' ? 'none' : 'HS256', claims);
      const key = ours.publicKey.export({ format: 'pem', type: 'spki' });
      return `${text}.${how === 'none' ? '' : createHmac('sha256', key).update(text).digest('base64url')}`;
    },
    granted: (token) => grantedTokens.has(token),
    stop: server.stop,
  };
}

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
