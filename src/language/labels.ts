import { findAll, type Ground, type Span } from './ground.ts';

export type Field = 'topic' | 'time' | 'people' | 'place' | 'equipment' | 'attendees';
/** A label (the span), and how far its field reaches. */
export type LabelPart = Span & { field: Field; end: number; closed: boolean };

const labels: Readonly<Record<Field, string>> = {
  topic: '主题|议题|题目|topic|subject|title',
  time: '时间|日期|date and time|time|date|when',
  people: '人数|headcount|people|number of people',
  place: '地点|会议室|房间|location|place|room|where',
  equipment: '设备|器材|equipment',
  attendees: '参加人员?|参会人员?|参加者|与会者|出席人员?|attendees|participants|invitees',
};

/** N4: a label before a colon names its field. It reaches to the next label, `/`, `;`, a topic to its sentence's end. */
export function findLabels(ground: Ground): LabelPart[] {
  const found = Object.entries(labels).flatMap(([field, words]) =>
    findAll(
      ground,
      new RegExp(`(?:会议|开会)?(?:(?<![a-z0-9-])(?:meeting )?(?:${words}))(?: ?[:：])`, 'g'),
      () => ({ field: field as Field }),
    ),
  );
  const sorted = found.sort((one, other) => one.from - other.from);
  return sorted.map((label, at) => {
    const next = sorted[at + 1]?.from ?? ground.text.folded.length;
    const stop =
      label.field === 'topic' ? /[;\n]| ?\/ | \/|[.!?](?= |$)|[.!?](?=[\u4e00-\u9fff])/ : /[;\n]| \/|\/ /;
    const within = stop.exec(ground.text.folded.slice(label.to, next));
    return {
      ...label,
      end: within === null ? next : label.to + within.index,
      closed: within !== null || sorted[at + 1] !== undefined,
    };
  });
}
