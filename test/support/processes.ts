import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/*
 * What Linux knows of processes and their sockets.
 */

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** The processes that this one has started and that still run. */
export const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);

export type Listener = { address: string; port: number; inode: string };

/** Everything on this machine that listens for TCP: `0100007F` is 127.0.0.1. */
export const listeners = (): Listener[] =>
  ['tcp', 'tcp6'].flatMap((table) =>
    readFileSync(`/proc/net/${table}`, 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter(([, , , state]) => state === '0A')
      .map(([, local = '', , , , , , , , inode = '']) => {
        const [address = '', port = ''] = local.split(':');
        return { address, port: Number.parseInt(port, 16), inode };
      }),
  );

/** Where one process listens. */
export function listenersOf(pid: number): Listener[] {
  const mine = readdirSync(`/proc/${pid}/fd`).map((fd) => linkOf(pid, fd));
  return listeners().filter(({ inode }) => mine.includes(`socket:[${inode}]`));
}

// A descriptor may be closed between the listing and the look.
function linkOf(pid: number, fd: string): string {
  try {
    return readlinkSync(`/proc/${pid}/fd/${fd}`);
  } catch {
    return '';
  }
}
