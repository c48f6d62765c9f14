import { generateKeyPairSync, sign } from 'node:crypto';

const tagged = (tag: number, ...parts: Array<Buffer | string>): Buffer => {
  const body = Buffer.concat(parts.map((it) => (typeof it === 'string' ? Buffer.from(it, 'hex') : it)));
  const { length } = body;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
};
const sequence = (...parts: Array<Buffer | string>) => tagged(0x30, ...parts);
const utcTime = (at: Date) =>
  tagged(0x17, Buffer.from(`${at.toISOString().slice(2, 19).replaceAll(/[-:T]/g, '')}Z`));

/** A new certificate for 127.0.0.1 that vouches for itself (X.509, DER by hand), for a day, with its key; both as PEM. */
export function selfSigned(): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ecdsaWithSha256 = sequence('06082a8648ce3d040302');
  const name = sequence(tagged(0x31, sequence('0603550403', tagged(0x0c, Buffer.from('test')))));
  const day = 86_400_000;
  const altName = sequence('0603551d11', tagged(0x04, sequence(tagged(0x87, Buffer.from([127, 0, 0, 1])))));
  const authority = sequence('0603551d13', '0101ff', tagged(0x04, sequence('0101ff')));
  const content = sequence(
    tagged(0xa0, '020102'),
    '020101',
    ecdsaWithSha256,
    name,
    sequence(utcTime(new Date(Date.now() - day)), utcTime(new Date(Date.now() + day))),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(altName, authority)),
  );
  const signature = sign('sha256', content, privateKey);
  const certificate = sequence(content, ecdsaWithSha256, tagged(0x03, '00', signature));
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    cert: `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64')}\n-----END CERTIFICATE-----\n`,
  };
}
