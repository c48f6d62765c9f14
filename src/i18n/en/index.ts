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

export const en = {
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
} as const;
