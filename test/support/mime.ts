/** A mail as a mail program reads it: its headers, and every part with its contents decoded. */
export type Mime = { headers: Map<string, string>; parts: MimePart[] };
export type MimePart = { type: string; disposition: string; content: string };

/** Reads what came over the wire (RFC 2045–2047), as far as our mails need. */
export function readMime(raw: string): Mime {
  const { headers } = split(raw);
  return { headers, parts: partsOf(raw) };
}

function partsOf(raw: string): MimePart[] {
  const { headers, body } = split(raw);
  const type = headers.get('content-type') ?? 'text/plain';
  const [, boundary] = /boundary="?([^";]+)"?/.exec(type) ?? [];
  if (boundary)
    return body
      .split(`--${boundary}`)
      .slice(1, -1)
      .flatMap((part) => partsOf(part.replace(/^\r\n/, '').replace(/\r\n$/, '')));
  const coding = headers.get('content-transfer-encoding') ?? '7bit';
  return [{ type, disposition: headers.get('content-disposition') ?? '', content: decode(body, coding) }];
}

function split(raw: string): { headers: Map<string, string>; body: string } {
  const end = raw.indexOf('\r\n\r\n');
  const lines = raw
    .slice(0, end)
    .replaceAll(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  const headers = new Map(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), words(line.slice(colon + 1).trim())];
    }),
  );
  return { headers, body: raw.slice(end + 4) };
}

/** `=?UTF-8?Q?…?=`: words of a header that are not ASCII; the space between two of them is none. */
const words = (text: string): string =>
  text
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?utf-8\?([qb])\?([^?]*)\?=/gi, (_, coding: string, word: string) =>
      coding.toLowerCase() === 'b'
        ? decode(word, 'base64')
        : decode(word.replaceAll('_', ' '), 'quoted-printable'),
    );

function decode(text: string, coding: string): string {
  switch (coding.toLowerCase()) {
    case 'base64':
      return Buffer.from(text, 'base64').toString();
    case 'quoted-printable': {
      const joined = text.replaceAll(/=\r\n/g, '');
      const bytes = joined.replaceAll(/=([0-9A-F]{2})/gi, (_, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      );
      return Buffer.from(bytes, 'latin1').toString();
    }
    default:
      return text;
  }
}
