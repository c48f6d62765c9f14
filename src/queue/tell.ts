import type { Sent } from '../chat/ports.ts';
import { Unreachable } from '../core/errors.ts';
import type { PersonId } from '../core/ids.ts';
import type { Card } from '../core/view.ts';
import { follow } from '../db/live-cards.ts';
import type { OutboxRow } from '../db/outbox.ts';
import { createReader, type Reader } from '../i18n/reader.ts';
import type { DeliveryPorts, Handler, Reachable } from './ports.ts';

/** Tells one person: rendered now, for the account that they used last, or the next one that can be reached. */
export function createTell(ports: DeliveryPorts): Handler {
  const { db, clock, people, messengers, views } = ports;

  return async (row) => {
    const { person } = row;
    const view = views[row.name];
    if (!person || !view) throw new Error('a row that nobody can tell');
    for (const to of await addressesOf(person)) {
      const now = clock.now();
      const reader = createReader(to.language, to.zone, now);
      const scope = { tx: db.read, now, reader };
      const shown = await view({ ...scope, purpose: 'send', recipient: person }, row.data);
      if (!shown) return { kind: 'overtaken' };
      const sent = await send(row, to, shown.card, reader);
      if (!sent) continue;

      const live = shown.live && { ...shown.live, view: row.name, data: row.data };
      return {
        kind: 'told',
        async note(tx, at) {
          if (sent.reference) await people.keepReference(tx, to.account, sent.reference);
          if (!live) return;
          const { conversation, message } = sent;
          const account = to.account;
          await follow(tx, { ...live, person, account, conversation, message, at }, { view, reader });
        },
      };
    }
    return { kind: 'unreachable', person };
  };

  async function addressesOf(person: PersonId): Promise<Reachable[]> {
    const known = await people.addresses(db.read, person);
    if (known.length > 0 || !(await people.seek(person))) return known;
    return people.addresses(db.read, person);
  }

  /** Null when this account can't be reached. */
  async function send(row: OutboxRow, to: Reachable, card: Card, reader: Reader): Promise<Sent | null> {
    const messenger = messengers[to.address.platform];
    if (!messenger) return null;
    try {
      return await messenger.send(to.address, card, reader, { id: row.id, again: row.attempts > 1 });
    } catch (cause) {
      if (cause instanceof Unreachable) return null;
      throw cause;
    }
  }
}
