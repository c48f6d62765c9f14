/*
 * What people say around a request (S2–S5), as pattern sources for folded text. English ones count as whole words;
 * Chinese ones where the words around them allow it (segments.ts). The lookaheads are the nouns that begin with a
 * request word (S3): book fair, schedule change, 預約制.
 */

const bookNouns =
  'fairs?|clubs?|swaps?|reviews?|launch|signing|drive|sale|exchange|tour|talk|report|discussion|reading|stores?|shel[fv]es|shelf|shop|week|covers?|keeping|value|donations?|awards?|festival|group|party|chapter|proposal|deal|of business|crossing|circle|nook|publishing|lovers?|pitch';
const reserveNouns =
  'funds?|price|team|policy|bank|list|study|estimates?|requirements?|capacity|planning|currency|ratio|parachute';
const scheduleNouns =
  'changes?|conflicts?|risks?|slip(?:page)?|optimi[sz]ation|adherence|variance|pressure|templates?|planning|alignment|compression';
const room = '(?:(?:big|small|large|quiet|free|nice|spare) )?(?:meeting |conference )?room';

export const englishRequests = [
  'please|pls|plz|kindly|hi(?: there| all| team)?|hello(?! world)|hey(?: there)?',
  '(?:can|could|may|would) (?:we|i|you)(?: please| pls)?(?: have| get(?: me| us)?)?',
  "let'?s|(?:i|we)(?: would|'d)? (?:need|want|like)(?: to)?|i'?d like(?: to)?|we'?d like(?: to)?|need(?! (?:finding|for speed|assessment|analysis)\\b)",
  'do you have|is there|are there',
  '(?:get|find|give|book|reserve) (?:me|us)|find(?= (?:an?|the) )|titled|called|named',
  `book(?! (?:${bookNouns})\\b)|reserve(?! (?:${reserveNouns})\\b)|schedule(?! (?:${scheduleNouns})\\b)`,
  'get(?! (?:together|well|started|to know|out|ready|fit|things)\\b)|set up|set-up(?= an?)|just(?! (?:in time|culture|do it)\\b)',
  `(?:a|an|the|one|any) ${room}(?= (?:for|with|on|at|in|to|from|w/|please)\\b|[^ a-z]|$| [^a-z])|(?:meeting|conference) room(?= (?:for|with|on|at|in|to|from|w/|please)\\b|[^ a-z]|$| [^a-z])`,
  'thanks(?: a lot| so much| in advance| a bunch)?|thank you(?: so much| very much)?|thx|many thanks',
].join('|');

export const englishCourtesy = `please|pls|plz|thanks(?: a lot| so much| in advance)?|thank you(?: so much| very much)?|thx|ty|cheers|many thanks|(?:in |at |we need |need )(?:an? |the )?${room}|an? ${room}`;

const bookingNouns =
  '制|系统|平台|流程|功能|管理|率|量|页|模块|单|机制|服务|规则|小程序|数据|中心|体验|号|信息|方案|记录|表';
// 预约挂号小程序
const bookedThings = '(?:挂号|看诊|门诊|就诊|看房|试驾|参观|取号|体检|接种)';
const roomNouns =
  '系统|管理|改造|装修|预约|预订|使用|规范|设备|采购|翻新|命名|清单|资源|规则|制度|布置|搬|升级|门|屏|投影|音响|隔音|清洁|紧张';

/** Request words of more than one character, longest first; they need nothing around them. */
export const chineseRequests = [
  '不好意思|把(?=会议室)|就要|我们想要|我们需要|我们想|我们要|我想要|我需要|可不可以|麻烦[你您]|请问',
  '能不能|能否|可否|可以|想要|我想|我要|需要|麻烦|帮我们|帮我|帮忙|拜托|给我们|给我|有没有|有空的',
  `(?:预订|预定|预约)(?!${bookedThings}?(?:${bookingNouns}))|安排(?!表|事宜)|一下(?!子)`,
  '谢谢(?!函|信)|谢啦|多谢|你好|您好|大家好',
  `(?:开|找|订|约|借|要|安排|预订|预约)(?:一?[个间场]|一下)|(?:一个|一间|个|间)?(?:空的?|大|小|中)?会议室(?!${roomNouns})|(?:一个|一间)(?=的?(?:房间|\ue000| |$))`,
].join('|');

/** Request words of one character: looked at more closely than a word. */
export const chineseVerbs = '请想要订借约找开帮';

/** What may end a topic's piece with nothing between. */
export const chineseCourtesy =
  '谢谢[你您]?|谢啦|感谢|多谢|拜托[了啦]?|麻烦了|麻烦你|麻烦您|一下|可以吗|好吗|行吗|吗|的会议室|的房间|用的会议室';

/** S4: 会议 and its like where nothing says which. */
export const fillers =
  '(?:an? |the |our |my )?meeting|(?:meeting |conference )?rooms?|会议|开会|开个?(?:一个)?会|个会|会|房间|的?会议室|meet|我们|我|就';

export const about =
  'about(?! us\\b| page\\b)|re(?=:| )|regarding|concerning|to discuss|discuss(?:ing)?|talk about|关于|讨论(?![区会组稿版帖课])';

/** Small words before a part, dangling at the end of what is left (S1). */
export const englishBefore =
  "on|at|in|for|from|to|with|w/|w|by|of|the|a|an|and|or|&|need|about|around|approx|approximately|roughly|until|till|starting(?: from)?|starts|beginning|begins|between|after|before|up to|at least|maximum|minimum|lasting|there will be|there are|there'll be|we are|we're|we'll be|it's|held|scheduled for|set for|please|pls";
/** The same in Chinese: those that may stand apart from the part, and those that are right before it. */
export const chineseBefore =
  '直到|截至|大概|大约|差不多|一共|总共|至少|最多|在|用|从|到|于|的|和|跟|与|约|共|、';
export const chineseRightBefore =
  '需要|时间是|时间为|为时|时长|预计|定在|安排在|改到|有|要|是|为|自|由|至|订|借|请|找|开|想';
/** Small words after a part; those of the second kind where nothing follows them. */
export const englishAfter =
  'and|or|&|onwards?|,|(?:sharp|or so|ish|-ish|as well|total|in total|long|each)(?= ?(?:$|[,.;]))';
export const chineseAfter =
  '左右|上下|前后|开始|起|为止|止|前|的|吧|参加|出席|参与|同时|以及|时(?= |$)|号(?= |$)|、|场|内';
