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
 * 简体中文（中国大陆）
 *
 * One word for each thing: booking 预订 · request 申请 · host 预订人 · attendee 参会人 · reviewer 审批人 ·
 * approve 批准 · reject 驳回 · withdraw 撤销 · headcount 人数 · capacity 容纳人数 · site 办公地点 · reminder 提醒.
 * Readers are 您. A space stands between Chinese and Latin letters or digits, none beside full-width punctuation;
 * a figure that ends in Chinese (`15 分钟`) is followed by none.
 */

export const zhCN: Translation<typeof en> = {
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
