/** A mail that was not sent: what kind of failure, with the server's code. Nothing that it said, and no address. */
export class MailFailed extends Error {
  readonly code: string;
  readonly status: number | undefined;
  constructor(code: string, status: number | undefined) {
    super('a mail was not sent');
    this.code = code;
    this.status = status;
  }
}

/** Codes by which a server refuses us, whoever the mail is for. */
const againstUs = [530, 534, 535, 538];

/**
 * What became of a try. `final`: this recipient or this mail will never be taken, and another try is of no use. All
 * else is worth one: it may be better later, or once the settings are.
 */
export function readFailure(cause: unknown): { final: boolean; error: MailFailed } {
  const field = (name: string): unknown =>
    typeof cause === 'object' && cause !== null ? Reflect.get(cause, name) : undefined;
  const [code, status, command] = [field('code'), field('responseCode'), field('command')];
  const known = typeof status === 'number' ? status : undefined;
  // Refused at any other command, it is the sender who is not liked.
  const aboutThis = command === 'RCPT TO' || command === 'DATA';
  return {
    final: aboutThis && known !== undefined && known >= 500 && !againstUs.includes(known),
    error: new MailFailed(typeof code === 'string' ? code : 'UNKNOWN', known),
  };
}
