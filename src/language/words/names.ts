/*
 * Names with a number, a day or a small word in them that sets nothing (S7), as pattern sources for folded text.
 * A digit glued to letters (Q4, B2C, 4K, 3D) needs no mention: no part of the grammar begins or ends inside a word.
 */

/** Days that are a name of their own. */
export const namedEvents = [
  "(?:black|cyber|good|easter|casual|blue|giving|super|fat|shrove|ash|maundy|holy|palm|taco|throwback|freaky|small business|super bowl|manic|boxing|labou?r|mother'?s|father'?s) (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)(?!s)(?= (?!at\\b|on\\b|in\\b|from\\b|@)[a-z]|$|[ ,.;:!?\ue000])",
  '(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)(?: night (?:football|live|lights)| blues| motivation| school| roast| times| brunch club)',
  '(?:sunday|monday|friday|today|tomorrow)\\.(?:[a-z]+)',
  'may day',
  "april fools?(?:' day)?",
  "new year'?s (?:eve|day)",
  'd-day',
  '24/7|24x7|9/11|50/50|80/20',
  '(?<!\\d)7-11|7-eleven',
  '(?<!:)\\d{1,2}:\\d(?!\\d)',
  '(?:one|two|many)[- ](?:on|to)[- ](?:one|many|two)',
  '\\d(?:on|v|vs|x|×)\\d+',
  'nine[- ]to[- ]five|9-to-5',
  'to [bcg](?![a-z0-9])',
  'to-?do(?:s| list)?',
  'on[- ]call',
  'a/b(?: tests?| testing)?',
  '(?:afternoon|morning|evening) (?:tea|prayer)(?![a-z])',
  'good (?:morning|afternoon|evening)',
  'apocalypse now|now tv|service ?now|buy now(?: pay later)?|what now|here and now',
  'night shifts?(?![a-z])',
  'day in the life',
  'day one',
  'today show',
  "let'?s encrypt",
  '[a-z]*[a-z]\\+\\+|c#|\\.net',
].join('|');

/** A word and a number that belong together: Top 10, Phase 2, Sprint 12, Web 3.0. */
export const attributes =
  '(?:top|phase|sprint|stage|version|ver|v|release|level|lvl|tier|step|round|part|chapter|episode|ep|season|batch|wave|gate|milestone|series|gen|generation|class|grade|unit|section|building|bldg|floor|zone|line|option|case|ticket|issue|bug|item|number|article|rule|web|model|iphone|ipad|ios|android|windows|python|java|node|vue|angular|gpt|claude|mission|epic|story|goal|division|lot|track|category|cat|area|formula|route|terminal|pier|platform|catch|covid|fortune|agenda|industry|world war|ww|euro|expo|vision|soc|iso|pci|mach|apollo|act|scene|vol|volume|exhibit|appendix|block|plot|rev|revision|draft|mvp|pilot|cohort|intake|district|ward|type)\\.? ?(?:#|no\\.? ?)?\\d+(?:\\.\\d+)*(?:-\\d+)?(?![\\d:]|[/-]\\d| ?(?:[ap]\\.?m\\b|people|ppl|pax|h\\b|hrs?\\b|hours?\\b|mins?\\b|minutes?\\b))(?![a-z])';

/** The same in Chinese, and days and festivals that go by a number. */
export const chineseNames = [
  '双(?:十一|十二|11|12|旦|休日)(?!月)',
  '(?:国庆|中秋|五一|十一|六一|三八|七夕|元旦|春节|端午)(?:十一|五一|黄金周|长假|假期|小长假|大促)',
  '国庆十一',
  '黑色星期[一五]|网络星期一|黑五|灰色星期一|星期五餐厅|周末',
  '第[0-9一二三四五六七八九十百]{1,4} ?[期轮批次版章场届季阶章天名位号周年月](?:[度段])?',
  '(?<!周|星期|礼拜)[0-9一二两三四五六七八九十百]{1,4}周[年岁](?:庆)?',
  '一对[一多]|[1一][vV对][1一]|多对[一多]',
  '[二三四五六七八九十多两双单][方边](?=会|面|谈|协|合|通)',
  '下午茶|午餐|午休|夜宵|夜班|(?<![今明昨])(?:早(?:餐|茶|读|高峰|班|午餐|鸟|会(?!议)|报(?![名到告]))|晚(?:餐|宴|自习|高峰|班|会(?!议)|报(?![名到告])))',
  '[0-9一二两三四五六七八九十]{1,3} ?(?:小时|分钟|天)(?=达|工作制|送达|便利|超商|营业|热线|生活圈|无理由)',
  '[7七] ?[x×*乘] ?24 ?(?:小时|h)?|24 ?[x×*] ?7|7 ?天 ?24 ?小时',
  '(?<!\\d)(?:996|007|618|315|12315)(?!\\d|[ ,]?人)|九九六|六一八|五险一金|三八节|五四(?=青年|运动)|八一(?=建军)',
  '[一二三四五六七八九十]五规划|十四五|十五五',
  '(?<![一二两三四五六七八九十几来多\\d] ?)(?:千人|百人|万人|双人|单人|个人)|三人行|二人转|五人制|四人帮',
  '工作日(?=[志历报])',
  '一带一路|三严三实|一点点|三点一线|两点一线',
].join('|');
