import type { Half } from '../clock.ts';

/** The halves of the day in Chinese, in folded characters, with how they read an hour (T2, T3). */
export const chineseHalves: Readonly<Record<string, Half>> = {
  上午: 'morning',
  早上: 'morning',
  早晨: 'morning',
  清晨: 'morning',
  清早: 'morning',
  一早: 'morning',
  凌晨: 'dawn',
  下午: 'afternoon',
  午后: 'afternoon',
  傍晚: 'afternoon',
  晚上: 'evening',
  晚间: 'evening',
  夜里: 'evening',
  夜间: 'evening',
  夜晚: 'evening',
  深夜: 'evening',
  半夜: 'evening',
  中午: 'noon',
  正午: 'noon',
};

/** 早, 晚: only right before an hour. */
export const shortHalves: Readonly<Record<string, Half>> = { 早: 'morning', 晚: 'evening' };

/** What follows 点 where it is no hour: 三点建议, 8点档, 点评, 点子. */
export const notAnHour =
  '(?![子名赞心菜播映击缀穿档式论线水阵球]|评(?![审估选比定标级奖])|一线|建议|意见|要求|结论|心得|体会|共识|说明|问题|变化|原因|不足|思考|想法|优势|好处)';

/** What follows 整 or 半 in a word of its own: 三点整改会. */
export const notSharp = '(?![改理顿合体车形治编修备机装箱数套租村县家])';
export const notHalf = '(?![天年日月程成径岛价夜]|导体|决赛)';

/** What follows two digits after 点 where they are no minutes. */
export const notMinutes = '(?![次月号日天周年级期楼层大佳强家%:.\\-\\d一二三四五六七八九十a-z])';
