import { describe, expect, test } from '@jest/globals';
import { DateTime } from 'luxon';
import { type Understood, understand } from './index.ts';

const rooms = ['Alps', 'Everest', 'Everest Annex', 'Room 301', '玉山廳', '西湖', '泰山', '泰山二厅'];

const say = (text: string, now = '2026-11-24T10:20', zone = 'Asia/Taipei'): Understood =>
  understand(text, { now: DateTime.fromISO(now, { zone }).toMillis(), zone, rooms });

const startOf = (it: Understood): string | null => {
  if (!it.ok) return it.error;
  if (it.start === null) return null;
  return it.start.time === null ? it.start.date : `${it.start.date}T${it.start.time}`;
};

describe('[2.1] days (2026-11-24 is a Tuesday)', () => {
  test.each([
    ['today', '2026-11-24'],
    ['tmrw', '2026-11-25'],
    ['the day after tomorrow', '2026-11-26'],
    ['大後天', '2026-11-27'],
    ['in 3 days', '2026-11-27'],
    ['两周后', '2026-12-08'],
    ['Friday', '2026-11-27'],
    ['Tuesday', '2026-12-01'],
    ['Tuesday 11am', '2026-11-24T11:00'],
    ['Tuesday 10am', '2026-12-01T10:00'],
    ['this Friday', '2026-11-27'],
    ['這週一', 'past'],
    ['next Friday', '2026-12-04'],
    ['下下周三', '2026-12-09'],
    ['Wednesday the week after next', '2026-12-09'],
    ['Nov 20', '2027-11-20'],
    ['3rd of December', '2026-12-03'],
    ['十二月三號', '2026-12-03'],
    ['12/3', '2026-12-03'],
    ['25/11', '2026-11-25'],
    ['24/7', null],
    ['the 5th', '2026-12-05'],
    ['24号', '2026-11-24'],
    ['24号 9点', '2026-12-24T09:00'],
    ['下個月5號', '2026-12-05'],
    ['明年1月8日', '2027-01-08'],
    ['2026-12-03', '2026-12-03'],
    ['12/24(四)', '2026-12-24'],
    ['Feb 29', '2028-02-29'],
    ['11月31日', 'invalid'],
    ['2027-02-29', 'invalid'],
    ['2025-12-01', 'past'],
    ['yesterday', 'past'],
    ['上週五', 'past'],
    ['晚上', '2026-11-24'],
    ['nothing of the kind', null],
  ])('%s → %s', (text, expected) => {
    expect(startOf(say(text))).toBe(expected);
  });
});

describe('[2.1] times', () => {
  test.each([
    ['tomorrow 3:30', '15:30', null],
    ['tomorrow 8', '08:00', null],
    ['tomorrow 07:30', '07:30', null],
    ['tomorrow 7am', '07:00', null],
    ['明早7点', '07:00', null],
    ['明晚7点', '19:00', null],
    ['tomorrow 3.30pm', '15:30', null],
    ['明天中午12點半', '12:30', null],
    ['明天中午1點', '13:00', null],
    ['明天三點三刻', '15:45', null],
    ['明天一點四十五', '13:45', null],
    ['tomorrow quarter to four', '15:45', null],
    ['tomorrow EOD', '17:00', null],
    ['明天下班前', '17:00', null],
    ['tomorrow 3–4pm', '15:00', 60],
    ['from 10 to 11:30 tomorrow', '10:00', 90],
    ['tomorrow 11-1pm', '11:00', 120],
    ['明天上午10點到12點', '10:00', 120],
    ['明天下午3点到4点半', '15:00', 90],
    ['tomorrow 3pm retro until 4:30', '15:00', 90],
    ['明天3点 30分钟', '15:00', 30],
    ['明天3点30分', '15:30', null],
    ['tomorrow at 3 for an hour and a half', '15:00', 90],
    ['明天3点 一个半小时', '15:00', 90],
    ['明天3点 24小時', '15:00', null],
  ])('%s → %s, %s min', (text, time, minutes) => {
    const got = say(text);
    expect(got).toMatchObject({ ok: true, durationMinutes: minutes, start: { date: '2026-11-25', time } });
  });

  test.each([
    ['midnight', '2026-11-25T00:00'],
    ['10am', '2026-11-25T10:00'],
    ['11am', '2026-11-24T11:00'],
    ['8 tonight', '2026-11-24T20:00'],
    ['now', '2026-11-24T10:20'],
    ['半小时后', '2026-11-24T10:50'],
    ['today 9', 'past'],
    ['tomorrow 25:00', 'invalid'],
    ['tomorrow 10:75', 'invalid'],
  ])('%s → %s', (text, expected) => {
    expect(startOf(say(text))).toBe(expected);
  });

  test('elapsed time and skipped hours across a change of the clocks', () => {
    expect(startOf(say('in 12 hours', '2026-10-24T20:00', 'Europe/Berlin'))).toBe('2026-10-25T07:00');
    expect(startOf(say('4小时后', '2027-03-13T23:20', 'America/New_York'))).toBe('2027-03-14T04:20');
    expect(startOf(say('tomorrow 2:30am', '2027-03-13T23:20', 'America/New_York'))).toBe('invalid');
  });

  test('of an hour that comes twice, the instant says which one', () => {
    const [now, zone] = ['2026-10-24T20:00', 'Europe/Berlin'];
    const [first, second] = [say('in 6 hours', now, zone), say('in 7 hours', now, zone)];
    if (!first.ok || !second.ok) throw new Error('expected both to be understood');
    expect([first.start?.time, second.start?.time]).toEqual(['02:00', '02:00']);
    expect((second.start?.at ?? 0) - (first.start?.at ?? 0)).toBe(3_600_000);
  });

  test('a part of the day alone is told apart', () => {
    expect(say('tomorrow afternoon 10 people projector')).toMatchObject({
      start: { date: '2026-11-25', time: null },
      partOfDay: 'afternoon',
      headcount: 10,
      equipment: ['projector'],
      topic: null,
    });
    expect(say('明天下午3点')).toMatchObject({ partOfDay: null });
  });
});

describe('[2.1] people, rooms, equipment', () => {
  test.each([
    ['3 of us', 3],
    ['4-5 people', 5],
    ['十到十二人', 12],
    ['共14人', 14],
    ['for 8', 8],
    ['for 3pm', null],
    ['for 45 min', null],
    ['plan for 2028', null],
    ['training for 3 new hires', null],
    ['五人制足球', null],
    ['人數：12', 12],
  ])('%s → %s', (text, headcount) => {
    expect(say(text)).toMatchObject({ ok: true, headcount });
  });

  test.each([
    ['@小玲和@大華', ['小玲', '大華']],
    ['with @Ann, @bob-2 and @c.d', ['Ann', 'bob-2', 'c.d']],
    ['@ 3pm with Sam', []],
  ])('%s → %j', (text, attendees) => {
    expect(say(text)).toMatchObject({ ok: true, attendees });
  });

  test.each([
    ['in the everest annex', 'Everest Annex', null],
    ['room301', 'Room 301', null],
    ['泰山二廳', '泰山二厅', null],
    ['玉山厅', '玉山廳', null],
    ['Alps hiking club 3pm in Everest', 'Everest', 'Alps hiking club'],
    ['西湖景区投标 3点 在玉山廳', '玉山廳', '西湖景区投标'],
    ['西湖龙井品鉴', null, '西湖龙井品鉴'],
    ['Alpsee trip', null, 'Alpsee trip'],
  ])('%s → room %s, topic %s', (text, room, topic) => {
    expect(say(text)).toMatchObject({ ok: true, room, topic });
  });

  test.each([
    ['w/ projector + phone', ['phone', 'projector'], null],
    ['有投影仪和白板的会议室', ['projector', 'whiteboard'], null],
    ['video editor hiring', [], 'video editor hiring'],
    ['白板漆採購', [], '白板漆採購'],
    ['复盘 电视', ['tv'], '复盘'],
    ['会议纪要 投影', ['projector'], '会议纪要'],
  ])('%s → %j, topic %s', (text, equipment, topic) => {
    expect(say(text)).toMatchObject({ ok: true, equipment, topic });
  });

  test('rooms and equipment are those of the organisation', () => {
    const own = {
      now: 0,
      zone: 'UTC',
      rooms: [{ name: '1030 Lab' }],
      equipment: { laser: ['laser cutter'] },
    };
    expect(understand('tomorrow 10:30 1030 lab with a laser cutter and projector', own)).toMatchObject({
      start: { date: '1970-01-02', time: '10:30' },
      room: '1030 Lab',
      equipment: ['laser'],
      topic: 'projector',
    });
  });
});

describe('[2.1] recurrences', () => {
  test.each([
    ['every Tuesday 11am', '2026-11-24T11:00', 'FREQ=WEEKLY;BYDAY=TU'],
    ['Tuesdays and Thursdays at 9', '2026-11-26T09:00', 'FREQ=WEEKLY;BYDAY=TU,TH'],
    ['每周一三五 9点', '2026-11-25T09:00', 'FREQ=WEEKLY;BYDAY=MO,WE,FR'],
    ['每週二四點', '2026-11-24T16:00', 'FREQ=WEEKLY;BYDAY=TU'],
    ['工作日每天 9点', '2026-11-25T09:00', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR'],
    ['双周周四 9点', '2026-11-26T09:00', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TH'],
    ['每两周一次 周四 9点', '2026-11-26T09:00', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TH'],
    ['every second Tuesday 9am', '2026-12-01T09:00', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU'],
    ['second Tuesday of every month 9am', '2026-12-08T09:00', 'FREQ=MONTHLY;BYDAY=2TU'],
    ['每月最后一个周五 9点', '2026-11-27T09:00', 'FREQ=MONTHLY;BYDAY=-1FR'],
    ['on the 31st of every month 9am', '2026-12-31T09:00', 'FREQ=MONTHLY;BYMONTHDAY=31'],
    ['every week, Thursday 9am', '2026-11-26T09:00', 'FREQ=WEEKLY;BYDAY=TH'],
    ['每天 9点 共10次', '2026-11-25T09:00', 'FREQ=DAILY;COUNT=10'],
    ['every day 9am until Friday', '2026-11-25T09:00', 'FREQ=DAILY;UNTIL=20261127'],
    ['每天 9点 到年底', '2026-11-25T09:00', 'FREQ=DAILY;UNTIL=20261231'],
    ['從12月9日開始每週三9點', '2026-12-09T09:00', 'FREQ=WEEKLY;BYDAY=WE'],
    ['9am daily 5 times', '2026-11-25T09:00', 'FREQ=DAILY;COUNT=5'],
    ['daily standup tomorrow 9am', '2026-11-25T09:00', null],
  ])('%s → %s %s', (text, start, recurrence) => {
    const got = say(text);
    expect(startOf(got)).toBe(start);
    expect(got).toMatchObject({ recurrence });
  });
});

describe('[2.1] the topic', () => {
  test.each([
    ['please book a room tomorrow for the Q3 review, thanks!', 'Q3 review'],
    ['book fair volunteers tomorrow', 'book fair volunteers'],
    ['a meeting about hiring tomorrow', 'hiring'],
    ['board meeting tomorrow', 'board meeting'],
    ['關於年終的會議 明天', '年終'],
    ['麻煩幫我訂明天下午一點的會議室', null],
    ['訂閱制規劃 明天', '訂閱制規劃'],
    ['在岗培训 明天', '在岗培训'],
    ['差旅費用 明天', '差旅費用'],
    ['「明天3點」話劇 週五', '明天3點話劇'],
    ["yesterday's outage today at 4", "yesterday's outage"],
    ['前天的客訴 明天3點', '前天的客訴'],
    ['双11复盘 明天11点', '双11复盘'],
    ['Phase 2 kickoff tomorrow', 'Phase 2 kickoff'],
    ['coffee with Sam and @ann', 'coffee with Sam'],
    ['【Q4 檢討】 明天', 'Q4 檢討'],
    ['主題：新人訓練 / 時間：明天', '新人訓練'],
    ['🎉 ', null],
    ['asdf qwerty', 'asdf qwerty'],
  ])('%s → %s', (text, topic) => {
    expect(say(text)).toMatchObject({ ok: true, topic });
  });

  test('an error keeps what was typed, and what else was understood', () => {
    expect(say('yesterday 3pm retro in Alps for 8 @ann')).toEqual({
      ok: false,
      error: 'past',
      topic: 'yesterday 3pm retro in Alps for 8 @ann',
      durationMinutes: null,
      headcount: 8,
      attendees: ['ann'],
      room: 'Alps',
      equipment: [],
    });
  });

  test('what is beyond the length that is read stays in the topic', () => {
    const tail = 'x'.repeat(2_000);
    expect(say(`tomorrow ${tail}`)).toMatchObject({ start: { date: '2026-11-25' }, topic: tail });
  });
});
