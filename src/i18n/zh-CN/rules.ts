import type { en } from '../en/index.ts';
import type { Translation } from '../keys.ts';

export const rules: Translation<typeof en.rules> = {
  title: '现行规则',
  titleOf: '{{organisation}} 现行规则',
  members: '只有组织的正式成员可以预订和使用会议室。',
  horizon_other: '最多可提前 {{count}} 天预订。',
  max: '单次预订最长 {{max}}。',
  hours: '会议室的开放时间为当地时间 {{opens}} 至 {{closes}}。',
  step: '开始时间和时长须为 {{step}}的整数倍。',
  review: '每条申请由该会议室的审批人决定，不能审批自己的申请。',
  reminders: '预订人和参会人会在开始前 {{leads}}收到提醒。',
  capacity: '人数不得超过会议室的容纳人数。',
  layers: '办公地点或会议室的规则只能更严格，不能更宽松。',
  site: '{{site}}：最多提前 {{days}} 天，单次最长 {{max}}，开放时间 {{opens}} 至 {{closes}}。',
  version: '第 {{version}} 版，{{from}} 起生效',
  versionDefault: '第 {{version}} 版，自始生效',
};
