/*
 * What the measuring process and the one that is measured say to each other. Two processes, as in real life: the client
 * is not to take processor time from the server.
 */

/** What listens: our program up to the outbox, or something that only acknowledges. */
export type Mode = 'ours' | 'bolt' | 'express' | 'adapter';

export type Setting = {
  mode: Mode;
  databasePath: string;
  signingSecret: string;
  /** Slack's API, which answers at once. */
  apiUrl: string;
  teams: { appId: string; appPassword: string; metadataUrl: string; issuer: string };
};

export type Ready = { port: number; rooms: string[] };
/** Requests that wait for their reviewer: asked for and answered over the channel between the processes. */
export type Pending = { booking: string; room: string }[];
