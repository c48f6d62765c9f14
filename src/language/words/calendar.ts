/** Pattern sources for folded text. A weekday's or month's number follows from its first letters or its numeral. */

export const englishWeekday =
  '(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)';

export const englishMonth =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?';

/** 周, 星期, 礼拜: what a Chinese weekday begins with. */
export const chineseWeek = '(?:周|星期|礼拜)';
export const chineseDay = '[一二三四五六日天]';

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** 1 (Monday) to 7, of `thurs` or 四. */
export const toWeekday = (word: string): number =>
  /^[a-z]/.test(word)
    ? weekdays.indexOf(word.slice(0, 3)) + 1
    : '一二三四五六日'.indexOf(word.replace('天', '日')) + 1;

/** 1 to 12, of `sept.` */
export const toMonth = (word: string): number => months.indexOf(word.slice(0, 3)) + 1;

/** Days that have a name, counted from today. */
export const namedDays: Readonly<Record<string, number>> = {
  today: 0,
  tomorrow: 1,
  tmr: 1,
  tmrw: 1,
  tmw: 1,
  yesterday: -1,
  今天: 0,
  今日: 0,
  明天: 1,
  明日: 1,
  后天: 2,
  大后天: 3,
  昨天: -1,
  昨日: -1,
  前天: -2,
  大前天: -3,
};

/** What follows 号 or 日 in the name of a thing rather than a date: 3号线, 2号楼. */
export const notADay =
  '(?![线楼馆门店仓库房院码井桥车矿员梯桌令文台位]|会议室|选手|电梯|站台|厂房|机房|游|内|前|均|活|用户|报|志|程|常|历|本)';

/** What follows 后 in a word of its own: 两天后台维护 is not "in two days", nor 1小时 后天 or 1小时 后期剪辑 "in an hour". */
export const after =
  '(?:之后|以后|过后|(?<! )后(?!天(?!台|文|气|然))|(?<= )后(?![\\u4e00-\\u9fff]))(?![台端勤厨卫援备])';
