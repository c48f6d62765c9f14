import type { en } from '../en/index.ts';
import type { Translation } from '../keys.ts';
import { approval } from './approval.ts';
import { booking } from './booking.ts';
import { calendar } from './calendar.ts';
import { cancel } from './cancel.ts';
import { change } from './change.ts';
import { chat } from './chat.ts';
import { common } from './common.ts';
import { delivery } from './delivery.ts';
import { draft } from './draft.ts';
import { duties } from './duties.ts';
import { home } from './home.ts';
import { people } from './people.ts';
import { records } from './records.ts';
import { reminder } from './reminder.ts';
import { rooms } from './rooms.ts';
import { rules } from './rules.ts';
import { sandbox } from './sandbox.ts';
import { sentence } from './sentence.ts';
import { series } from './series.ts';
import { statistics } from './statistics.ts';
import { waitlist } from './waitlist.ts';
import { web } from './web.ts';

/*
 * 繁體中文（台灣）
 *
 * One word for each thing: booking 預約 · request 申請 · host 預約人 · attendee 與會者 · reviewer 審核人 ·
 * approve 核准 · reject 駁回 · withdraw 撤回 · headcount 人數 · capacity 容納人數 · site 據點 · reminder 提醒.
 * Readers are 您. A space stands between Chinese and Latin letters or digits, none beside full-width punctuation;
 * a figure that ends in Chinese (`15 分鐘`) is followed by none.
 */

export const zhTW: Translation<typeof en> = {
  approval,
  booking,
  calendar,
  cancel,
  change,
  chat,
  common,
  delivery,
  draft,
  duties,
  home,
  people,
  records,
  reminder,
  rooms,
  rules,
  sandbox,
  sentence,
  series,
  statistics,
  waitlist,
  web,
};
