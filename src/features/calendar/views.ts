import type { Action, Card, CommandAction, Row } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import { type Room, roomName } from '../rooms/index.ts';
import type { Feed } from './store.ts';

/** One calendar that somebody may subscribe to. `room` null: their own bookings. */
export type Offer = { room: Room | null; feed: Feed | null; address: string | null };

/**
 * The private addresses of one person: made, renewed, removed (2.3).
 * @param mail whether they get invitations by e-mail; null: they can't, or it is not asked about
 */
export const feedsCard = (
  reader: Reader,
  it: { offers: readonly Offer[]; text: string; more: boolean; mail: 'on' | 'off' | null },
  banner?: Card['banner'],
): Card => ({
  layout: 'list',
  tone: 'neutral',
  title: reader.t('calendar.title'),
  ...(banner ? { banner } : {}),
  text: [reader.t(it.offers.length > 0 ? 'calendar.text' : 'calendar.noAddresses')],
  rows: [
    ...it.offers.map((offer) => row(reader, offer, it.text)),
    ...(it.mail ? [mailRow(reader, it.mail, it.text)] : []),
  ],
  ...(it.more ? { footnote: reader.t('calendar.footnote') } : {}),
});

const mailRow = (reader: Reader, mail: 'on' | 'off', text: string): Row => ({
  title: reader.t('calendar.byMail'),
  text: reader.t('calendar.byMailText'),
  badge: reader.t(`calendar.mailIs.${mail}`),
  actions: [
    {
      kind: 'command',
      label: reader.t(`calendar.switch.${mail}`),
      command: 'calendar.mail',
      data: { mail: mail === 'on' ? 'off' : 'on', text },
    },
  ],
});

/** @param text what was typed after `/calendar`, so that the answer shows the same rooms */
function row(reader: Reader, { room, feed, address }: Offer, text: string): Row {
  const title = room
    ? reader.t('calendar.room', { room: roomName(reader, room) })
    : reader.t('calendar.mine');
  const data = { room: room?.id ?? '', text, feed: feed?.id ?? '' };
  if (!feed) return { title, text: reader.t('calendar.none'), actions: [renewAction(reader, data, false)] };
  const used = feed.usedAt
    ? reader.t('calendar.used', { at: { instant: feed.usedAt } })
    : reader.t('calendar.unused');
  const since = reader.t('calendar.since', { at: { instant: feed.createdAt } });
  return {
    title,
    text: [address ?? '', `${since} ${used}`].join('\n'),
    actions: [renewAction(reader, data, true), removeAction(reader, data)],
  };
}

const renewAction = (reader: Reader, data: CommandAction['data'], again: boolean): Action => ({
  kind: 'command',
  label: reader.t(again ? 'calendar.renew' : 'calendar.make'),
  command: 'calendar.renew',
  data,
  ...(again
    ? {
        confirm: {
          title: reader.t('calendar.renew'),
          text: reader.t('calendar.renewConfirm'),
          yes: reader.t('calendar.renew'),
          no: reader.t('common.no'),
        },
      }
    : { style: 'primary' as const }),
});

const removeAction = (reader: Reader, data: CommandAction['data']): Action => ({
  kind: 'command',
  label: reader.t('calendar.remove'),
  command: 'calendar.remove',
  data,
  style: 'danger',
  confirm: {
    title: reader.t('calendar.remove'),
    text: reader.t('calendar.removeConfirm'),
    yes: reader.t('calendar.remove'),
    no: reader.t('common.no'),
  },
});
