/** Settings that only a real deployment has: with them around, somebody has started the wrong thing. */
const real = /^(SLACK_|MICROSOFT_)|^(TEAMS_ALLOWED_TENANTS|DATABASE_PATH|REDIS_URL|PUBLIC_URL)$/;

/** Thrown where the sandbox must not run. */
export class RealEnvironment extends Error {
  /** The settings to unset; none where it is `NODE_ENV`. */
  readonly names: string[];
  constructor(names: string[]) {
    super('not an environment for the sandbox');
    this.names = names;
  }
}

/** The sandbox lets everybody in, so it keeps away from real deployments (6.4). @throws RealEnvironment */
export function refuseReal(env: Readonly<Record<string, string | undefined>>): void {
  if (env.NODE_ENV === 'production') throw new RealEnvironment([]);
  const names = Object.keys(env).filter((name) => real.test(name) && env[name]?.trim());
  if (names.length > 0) throw new RealEnvironment(names.sort());
}
