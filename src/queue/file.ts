import { Unreachable } from '../core/errors.ts';
import { holds } from '../db/outbox.ts';
import { createReader } from '../i18n/reader.ts';
import type { DeliveryPorts, Handler } from './ports.ts';

/**
 * Puts a file, made now, into the chat of one person: on the account that they used last of those that take files from
 * bots, wherever they have been since they asked for it. Where none does, there is nothing to do: what is in the file is
 * behind a link there.
 */
export function createGiveFile({ db, clock, people, messengers, files }: DeliveryPorts): Handler {
  return async (row) => {
    const { person } = row;
    const make = files[row.name];
    if (!person || !make) throw new Error('a row that nobody can give');
    const accounts = await people.addresses(db.read, person);
    if (accounts.length === 0) return { kind: 'unreachable', person };
    const to = accounts.find(({ address }) => messengers[address.platform]?.sendFile);
    const messenger = to && messengers[to.address.platform];
    if (!to || !messenger?.sendFile) return { kind: 'overtaken' };
    const now = clock.now();
    const reader = createReader(to.language, to.zone, now);
    const file = await make({ tx: db.read, now, reader, recipient: person }, row.data);
    // A later row may have taken the place of this one, and would bring the same.
    if (!file || !(await holds(db.read, row))) return { kind: 'overtaken' };
    try {
      await messenger.sendFile(to.address, file, row.attempts > 1);
    } catch (cause) {
      if (cause instanceof Unreachable) return { kind: 'unreachable', person };
      throw cause;
    }
    return { kind: 'told', note: async () => {} };
  };
}
