import { Unreachable } from '../core/errors.ts';
import { createReader } from '../i18n/reader.ts';
import type { DeliveryPorts, Handler } from './ports.ts';

/** Posts a card, made now, in a channel. Whoever had it posted decides what follows where the bot may not write. */
export function createPost({ db, clock, messengers, posts }: DeliveryPorts): Handler {
  return async (row) => {
    const make = posts[row.name];
    if (!make) throw new Error('a row that nobody can post');
    const now = clock.now();
    const posting = await make({ tx: db.read, now }, row.data);
    const messenger = posting && messengers[posting.to.platform];
    if (!posting || !messenger?.post) return { kind: 'overtaken' };
    const reader = createReader(posting.language, posting.zone, now);
    const card = await posting.card(reader);
    try {
      await messenger.post(posting.to, card, reader, { id: row.id, again: row.attempts > 1 });
    } catch (cause) {
      if (cause instanceof Unreachable) return { kind: 'barred', write: posting.barred };
      throw cause;
    }
    return { kind: 'told', note: async () => {} };
  };
}
