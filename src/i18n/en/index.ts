import { approval } from './approval.ts';
import { booking } from './booking.ts';
import { chat } from './chat.ts';
import { common } from './common.ts';
import { delivery } from './delivery.ts';
import { home } from './home.ts';
import { people } from './people.ts';
import { reminder } from './reminder.ts';
import { rooms } from './rooms.ts';
import { rules } from './rules.ts';
import { sandbox } from './sandbox.ts';

export const en = {
  approval,
  booking,
  chat,
  common,
  delivery,
  home,
  people,
  reminder,
  rooms,
  rules,
  sandbox,
} as const;
