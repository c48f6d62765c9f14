import type { en } from '../en/index.ts';
import type { Translation } from '../keys.ts';

export const rules: Translation<typeof en.rules> = {
  title: '現行規則',
  titleOf: '{{organisation}} 現行規則',
  members: '只有組織的正式成員可以預約和使用會議室。',
  horizon_other: '最多可提前 {{count}} 天預約。',
  max: '單次預約最長 {{max}}。',
  hours: '會議室的開放時間為當地時間 {{opens}} 至 {{closes}}。',
  step: '開始時間和時間長度以 {{step}}為單位。',
  review: '每件申請由該會議室的審核人決定，不能審核自己的申請。',
  reminders: '預約人和與會者會在開始前 {{leads}}收到提醒。',
  capacity: '人數不得超過會議室的容納人數。',
  layers: '據點或會議室的規則只能更嚴格，不能更寬鬆。',
  site: '{{site}}：最多提前 {{days}} 天，單次最長 {{max}}，開放時間 {{opens}} 至 {{closes}}。',
  version: '第 {{version}} 版，{{from}} 起生效',
  versionDefault: '第 {{version}} 版，自始生效',
};
