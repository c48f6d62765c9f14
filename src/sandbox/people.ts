import type { Role } from '../core/rights.ts';
import type { Language } from '../i18n/translate.ts';

/** Somebody of the demo organisation. Their id is what the local client calls them by. */
export type Member = {
  id: string;
  name: string;
  givenName: string;
  surname: string;
  email: string;
  zone: 'Europe/Berlin' | 'Asia/Taipei';
  /** As chosen with /language; null: as the client says. */
  language: Language | null;
  department: string;
  roles: Role[];
};

export const tenant = 'a1b5c0de-0000-4000-8000-00000000cafe';

const berlin = 'Europe/Berlin';
const taipei = 'Asia/Taipei';

function member(
  number: number,
  [name, givenName, surname]: [name: string, givenName: string, surname: string],
  user: string,
  rest: Pick<Member, 'zone' | 'language' | 'department'> & { roles?: Role[] },
): Member {
  const id = `a1b5c0de-0000-4000-8000-${String(number).padStart(12, '0')}`;
  return { id, name, givenName, surname, email: `${user}@example.com`, roles: [], ...rest };
}

export const people = {
  mia: member(1, ['Mia Brandt', 'Mia', 'Brandt'], 'mia', {
    zone: berlin,
    language: null,
    department: 'Marketing',
  }),
  yating: member(2, ['Ya-ting Lin', 'Ya-ting', 'Lin'], 'yating', {
    zone: taipei,
    language: null,
    department: 'Facilities',
  }),
  peter: member(3, ['Peter Novak', 'Peter', 'Novak'], 'peter', {
    zone: berlin,
    language: 'en',
    department: 'Engineering',
    roles: ['supervisor'],
  }),
  jonas: member(4, ['Jonas Weber', 'Jonas', 'Weber'], 'jonas', {
    zone: berlin,
    language: 'en',
    department: 'Facilities',
    roles: ['custodian'],
  }),
  aylin: member(5, ['Aylin Kaya', 'Aylin', 'Kaya'], 'aylin', {
    zone: berlin,
    language: 'en',
    department: 'Support',
    roles: ['support'],
  }),
  sofia: member(6, ['Sofia Rossi', 'Sofia', 'Rossi'], 'sofia', {
    zone: berlin,
    language: 'en',
    department: 'Training',
    roles: ['trainer'],
  }),
  min: member(7, ['张敏', '敏', '张'], 'min', { zone: berlin, language: 'zh-CN', department: 'Engineering' }),
  chihhao: member(8, ['陳志豪', '志豪', '陳'], 'chihhao', {
    zone: taipei,
    language: 'zh-TW',
    department: 'Facilities',
    roles: ['custodian'],
  }),
  yichun: member(9, ['王怡君', '怡君', '王'], 'yichun', {
    zone: taipei,
    language: 'zh-TW',
    department: 'Marketing',
    roles: ['policyOwner'],
  }),
  wei: member(10, ['李伟', '伟', '李'], 'wei', {
    zone: taipei,
    language: 'zh-CN',
    department: 'Engineering',
    roles: ['privacyOfficer'],
  }),
} satisfies Record<string, Member>;

export type MemberName = keyof typeof people;

export type Seat = {
  role: 'employee' | 'reviewer';
  member: Member;
  /** The colleagues that the window knows of; the client takes exactly five. */
  colleagues: Member[];
  port: number;
};

/** Who sits at the chat windows. */
export const windows: Seat[] = [
  {
    role: 'employee',
    member: people.mia,
    colleagues: [people.yating, people.jonas, people.aylin, people.sofia, people.chihhao],
    port: 56150,
  },
  {
    role: 'reviewer',
    member: people.yating,
    colleagues: [people.mia, people.peter, people.min, people.yichun, people.wei],
    port: 56151,
  },
];
