import type { Equipment } from '../features/rooms/index.ts';
import type { MemberName } from './people.ts';

/** What is booked in the demo organisation, as somebody would tell it; `history.ts` makes it happen. */
export type Meeting = {
  site: string;
  zone: string;
  room: string;
  /** On the clock at the room. */
  time: string;
  minutes: number;
  host: MemberName;
  topic: string;
  attendees?: MemberName[];
  headcount?: number;
  equipment?: Equipment[];
  confidential?: boolean;
  note?: string;
};

/** A meeting that takes place every week, asked for and approved long before. */
export type Weekly = Meeting & { weekday: 1 | 2 | 3 | 4 | 5 };

export type Single = Meeting & {
  /** Working days from today: -1 is the last one before, 1 the next one after. */
  workday: number;
  outcome:
    | { kind: 'approved' }
    | { kind: 'rejected'; reason: string }
    | { kind: 'withdrawn' }
    | { kind: 'cancelled'; reason: string }
    | { kind: 'expired' }
    /** Waits for the reviewer's decision when the sandbox starts. */
    | { kind: 'open' };
};

const berlin = { site: 'Berlin', zone: 'Europe/Berlin' } as const;
const taipei = { site: 'Taipei', zone: 'Asia/Taipei' } as const;

export const weekly: Weekly[] = [
  {
    weekday: 1,
    ...berlin,
    room: 'Spree',
    time: '09:30',
    minutes: 45,
    host: 'jonas',
    topic: 'Team planning',
    attendees: ['aylin', 'sofia'],
  },
  {
    weekday: 2,
    ...berlin,
    room: 'Wannsee',
    time: '14:00',
    minutes: 60,
    host: 'sofia',
    topic: 'Customer call',
    attendees: ['peter'],
    headcount: 5,
    equipment: ['video'],
  },
  {
    weekday: 3,
    ...berlin,
    room: 'Müggelsee',
    time: '10:00',
    minutes: 90,
    host: 'peter',
    topic: 'Project review',
    attendees: ['jonas', 'min', 'wei'],
    headcount: 14,
    equipment: ['projector'],
  },
  {
    weekday: 3,
    ...berlin,
    room: 'Panke',
    time: '13:00',
    minutes: 45,
    host: 'min',
    topic: '一对一',
    attendees: ['peter'],
    confidential: true,
  },
  {
    weekday: 4,
    ...berlin,
    room: 'Havel',
    time: '11:00',
    minutes: 30,
    host: 'jonas',
    topic: 'Facilities round',
    attendees: ['aylin'],
  },
  {
    weekday: 5,
    ...berlin,
    room: 'Tegel',
    time: '15:00',
    minutes: 60,
    host: 'aylin',
    topic: 'Friday demo',
    attendees: ['jonas', 'sofia', 'min'],
    headcount: 30,
  },
  {
    weekday: 1,
    ...taipei,
    room: '玉山',
    time: '10:00',
    minutes: 60,
    host: 'yichun',
    topic: '週會',
    attendees: ['wei'],
  },
  {
    weekday: 2,
    ...taipei,
    room: '阿里山',
    time: '09:30',
    minutes: 45,
    host: 'chihhao',
    topic: '設計討論',
    attendees: ['yichun'],
    equipment: ['whiteboard'],
  },
  {
    weekday: 3,
    ...taipei,
    room: '日月潭',
    time: '14:00',
    minutes: 60,
    host: 'yichun',
    topic: '客戶訪談',
    headcount: 4,
  },
  {
    weekday: 4,
    ...taipei,
    room: '陽明山',
    time: '15:00',
    minutes: 90,
    host: 'wei',
    topic: '预算会议',
    attendees: ['yichun', 'chihhao'],
    confidential: true,
  },
  {
    weekday: 5,
    ...taipei,
    room: '雲端',
    time: '10:30',
    minutes: 30,
    host: 'yichun',
    topic: '全公司說明會',
    headcount: 60,
  },
];

/** Waits for the reviewer, and others wait for it: rejected, it is offered to the first of them. */
export const sought = {
  workday: 5,
  ...berlin,
  room: 'Müggelsee',
  time: '08:30',
  minutes: 45,
  host: 'jonas',
  topic: 'Fire drill briefing',
  attendees: ['aylin', 'min'],
  headcount: 18,
  equipment: ['projector'],
  note: 'The alarm will be tested at 09:00.',
  outcome: { kind: 'open' },
} satisfies Single;

export const singles: Single[] = [
  {
    workday: -9,
    ...berlin,
    room: 'Havel',
    time: '10:00',
    minutes: 60,
    host: 'mia',
    topic: 'Budget talk',
    attendees: ['jonas'],
    outcome: { kind: 'approved' },
  },
  {
    workday: -6,
    ...berlin,
    room: 'Wannsee',
    time: '09:00',
    minutes: 180,
    host: 'mia',
    topic: 'Photo session',
    headcount: 6,
    outcome: { kind: 'rejected', reason: 'The painters are in the room on that day.' },
  },
  {
    workday: -4,
    ...berlin,
    room: 'Panke',
    time: '16:00',
    minutes: 45,
    host: 'mia',
    topic: 'Interview',
    outcome: { kind: 'cancelled', reason: 'The candidate has another appointment' },
  },
  {
    workday: -2,
    ...berlin,
    room: 'Spree',
    time: '16:00',
    minutes: 30,
    host: 'aylin',
    topic: 'Support handover',
    attendees: ['sofia'],
    outcome: { kind: 'expired' },
  },
  {
    workday: -1,
    ...berlin,
    room: 'Spree',
    time: '11:00',
    minutes: 60,
    host: 'mia',
    topic: 'Newsletter',
    attendees: ['sofia'],
    outcome: { kind: 'approved' },
  },
  {
    workday: 4,
    ...berlin,
    room: 'Wannsee',
    time: '09:00',
    minutes: 120,
    host: 'mia',
    topic: 'Design workshop',
    attendees: ['yating', 'sofia'],
    headcount: 9,
    equipment: ['whiteboard', 'video'],
    outcome: { kind: 'approved' },
  },
  {
    workday: 6,
    ...berlin,
    room: 'Müggelsee',
    time: '15:00',
    minutes: 120,
    host: 'mia',
    topic: 'Town hall',
    headcount: 20,
    outcome: { kind: 'rejected', reason: 'Please take Tegel: more people can join online.' },
  },
  {
    workday: 7,
    ...berlin,
    room: 'Havel',
    time: '14:00',
    minutes: 60,
    host: 'sofia',
    topic: 'Course planning',
    outcome: { kind: 'withdrawn' },
  },
  {
    workday: 4,
    ...taipei,
    room: '淡水',
    time: '10:00',
    minutes: 45,
    host: 'yichun',
    topic: '面試',
    attendees: ['wei'],
    confidential: true,
    outcome: { kind: 'open' },
  },
  sought,
  {
    workday: 6,
    ...berlin,
    room: 'Havel',
    time: '14:00',
    minutes: 60,
    host: 'mia',
    topic: 'Supplier call',
    headcount: 3,
    outcome: { kind: 'open' },
  },
];
