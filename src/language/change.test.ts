import { describe, expect, test } from '@jest/globals';
import { understandChange } from './index.ts';

const facts = { now: Date.UTC(2026, 10, 24, 2, 20), zone: 'Asia/Taipei', rooms: ['Alps', '玉山廳'] };

describe('[2.4] [2.5] a booking that is named by its number', () => {
  test.each([
    ['move #1042 to Friday 10am', 'move', '2026-11-27', '10:00', null],
    ['把 #1042 改到周五上午10点', 'move', '2026-11-27', '10:00', null],
    ['#1042 改到明天下午3點半', 'move', '2026-11-25', '15:30', null],
    ['please reschedule 1042 to tomorrow 3pm in Alps for 2h', 'move', '2026-11-25', '15:00', 'Alps'],
    ['麻煩把預約 #1042 移到明天3點 玉山廳', 'move', '2026-11-25', '15:00', '玉山廳'],
  ])('%s', (text, verb, date, time, room) => {
    expect(understandChange(text, facts)).toMatchObject({
      number: 1042,
      verb,
      rest: { ok: true, start: { date, time }, room, topic: null },
    });
  });

  test.each([
    ['cancel #7', 'cancel'],
    ['取消 #7', 'cancel'],
    ['取消预订7', 'cancel'],
    ['#7 取消', 'cancel'],
    ['cancel my booking #7, thanks', 'cancel'],
    ['open #7', 'open'],
    ['查看#7', 'open'],
  ])('%s', (text, verb) => {
    expect(understandChange(text, facts)).toMatchObject({
      number: 7,
      verb,
      rest: { start: null, topic: null },
    });
  });

  test('what it is to be otherwise', () => {
    expect(understandChange('把 #7 改成 12人', facts)).toMatchObject({ number: 7, rest: { headcount: 12 } });
    expect(understandChange('move #7 to yesterday', facts)).toMatchObject({
      rest: { ok: false, error: 'past' },
    });
  });

  test.each([
    '#7',
    'move the desks to room 3',
    'move 3pm to 4pm',
    'change 10 people',
    'tomorrow 3pm retro',
    '取消文化讨论 明天3点',
  ])('%s is none', (text) => {
    expect(understandChange(text, facts)).toBeNull();
  });
});
