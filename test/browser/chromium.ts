import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome'];
const debianPackages = ['chromium', 'fonts-noto-cjk'];

/** Thrown where there is no Chromium and none can be had; the message says how to get one. */
export class NoChromium extends Error {}

/**
 * Finds Chromium: `CHROMIUM_PATH`, else one on the PATH; else, as root on Debian or Ubuntu, installs Debian's
 * after saying so.
 * @throws NoChromium
 */
export function findChromium(): string {
  const { CHROMIUM_PATH } = process.env;
  if (CHROMIUM_PATH) {
    if (isProgram(CHROMIUM_PATH)) return CHROMIUM_PATH;
    throw new NoChromium(`CHROMIUM_PATH names no program: ${CHROMIUM_PATH}`);
  }
  const found = onPath() ?? (isDebianRoot() ? install() : null);
  if (found) return found;
  throw new NoChromium(
    'The browser test needs Chromium: install it, or set CHROMIUM_PATH to where one is (with fonts for Chinese).',
  );
}

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const onPath = (): string | null =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find(isProgram) ?? null;

const isDebianRoot = (): boolean =>
  process.getuid?.() === 0 &&
  existsSync('/etc/os-release') &&
  /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync('/etc/os-release', 'utf8'));

function install(): string | null {
  console.log(`No Chromium is here: installing the Debian packages ${debianPackages.join(' and ')}.`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const run = (...args: string[]) => spawnSync('apt-get', args, { env, stdio: 'inherit' }).status === 0;
  const done = run('update') && run('install', '-y', '--no-install-recommends', ...debianPackages);
  return done ? onPath() : null;
}
