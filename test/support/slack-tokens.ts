/** What the bot shows to Slack. */
export const botToken = 'xoxb-test';

/** The emulator takes 5,000 calls an hour with one token: here the same bot has as many as a long run needs. */
const callsEach = 4_000;
export const botTokens = [botToken, ...Array.from({ length: 50 }, (_, n) => `${botToken}-${n}`)];

/** Gives the token for the next call. */
export function createPurse(): () => string {
  let calls = 0;
  return () => botTokens[Math.floor(calls++ / callsEach) % botTokens.length] ?? botToken;
}
