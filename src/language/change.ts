import { fold } from './normalise.ts';

export type ChangeVerb = 'move' | 'cancel' | 'open';
/** A booking that is named by its number, what is to be done with it, and what else the text says. */
export type Named = { number: number; verb: ChangeVerb; rest: string };

const thing =
  '(?:(?:the |my |our )?(?:booking|reservation|meeting)s?|(?:那[个场]|我的|这个|这场)?(?:预订|预约|预定|订单|会议|会议室))';
const english: Readonly<Record<ChangeVerb, string>> = {
  cancel: 'cancel|call off|drop',
  move: 'move|reschedule|change|shift|push(?: back)?|postpone|delay|bring forward|update',
  open: 'open|show(?: me)?|view|see|look up|details? of',
};
const chinese: Readonly<Record<ChangeVerb, string>> = {
  cancel: '取消|撤销|撤回|退订|不要了|退掉',
  move: '改期|改约|改订|改成|改到|改为|改在|改|移到|移至|挪到|挪至|换到|换成|调整到|调整为|调到|调整|延后到|延期到|推迟到|延到|提前到|变更为|变更|更改',
  open: '打开|查看|查一下|看一下|看看|显示|查询',
};

const mark = '(?:#|no\\.? ?|№|编号 ?|号码 ?)';
const digits = '(?<number>\\d{1,9})(?![\\d:./-]|[a-z]| ?[点月日号年人分小个位名])';
// A number without a mark is a booking's only where nothing is counted by it.
const bare = `(?<bare>\\d{1,9})(?=$|[ ,](?:to|for|in|on|at|until|by|from)(?![a-z])|[,.!]| ?(?:改|移|挪|换|调|延|推|提|到))`;
const verbs = (['cancel', 'move', 'open'] as const).map((verb) => ({
  verb,
  // The verb first: "move #1042", "cancel booking 1042", 取消预订1042
  before: new RegExp(
    `(?:(?<![a-z0-9-])(?:${english[verb]})|${chinese[verb]}) ?(?:${thing} ?${mark}?${digits}|${mark}${digits.replace('number', 'marked')}|${bare})(?: ?${thing})?`,
  ),
  // The number first: 把 #1042 改到…, "#1042 move to …"
  after: new RegExp(
    `(?:(?:把|将|请把) ?)?(?:${thing} ?)?#(?<number>\\d{1,9})(?![\\d:./-])(?: ?(?:号|的)?${thing})?[ ,]{0,2}(?:(?<![a-z0-9-])(?:${english[verb]})(?![a-z0-9-])|${chinese[verb]})`,
  ),
}));
const courtesy = /^(?:please|pls|can you|could you|请|麻烦|帮我|麻烦帮我)[ ,]{0,2}/;
const direction = /^[ ,:]{0,3}(?:(?:to|until|till|for|on|from)(?![a-z0-9-])|到|至|成|为|在)?[ ,:]{0,2}/;

/**
 * `move #1042 to Friday 10am`, 把 #1042 改到周五上午10点, `cancel #1042` (2.4, 2.5): null where no verb of these goes
 * with the number of a booking.
 */
export function readChange(text: string): Named | null {
  const shown = text.slice(0, 1_000).replace(/\s+/g, ' ').trim();
  const folded = fold(shown);
  const begin = courtesy.exec(folded)?.[0].length ?? 0;
  const found = verbs
    .flatMap(({ verb, before, after }) =>
      [before, after].map((pattern) => ({ verb, match: pattern.exec(folded) })),
    )
    .filter(({ match }) => match !== null && match.index <= begin)
    .map(({ verb, match }) => ({ verb, match: match as RegExpExecArray }))
    .sort((one, other) => other.match[0].length - one.match[0].length)[0];
  if (found === undefined) return null;
  const { verb, match } = found;
  const to = match.index + match[0].length;
  const rest = shown.slice(to + (direction.exec(folded.slice(to))?.[0].length ?? 0));
  const { number, marked, bare: unmarked } = match.groups ?? {};
  return { number: Number(number ?? marked ?? unmarked), verb, rest };
}
