import type { en } from '../en/index.ts';
import type { Translation } from '../keys.ts';

export const sandbox: Translation<typeof en.sandbox> = {
  ready: {
    title: '沙盒已就緒：示範組織在柏林和台北設有會議室，一切只在這台電腦上執行。',
    clock: '沙盒時鐘現在是 {{at}}（{{zone}}）。',
    window: '{{name}}，{{role}}：{{address}}',
    employee: '員工',
    reviewer: '審核人兼管理員',
    try: '可以試試這六件事：',
    sentence:
      '1. 以 {{employee}} 的身分輸入「/book 明天下午三點 1 小時 4 人，設計評審」，再按「預約」。（只輸入 /book 會開啟表單。）',
    approve: '2. 以 {{reviewer}} 的身分核准收到的卡片，或附上理由駁回。',
    next: '3. 以 {{employee}} 的身分輸入「sandbox next」：時鐘會往前走，提醒隨即送達。',
    series:
      '4. 以 {{employee}} 的身分輸入「/book 每週三上午 10 點 1 小時 5 人，例會 {{room}} 共 5 次」：會列出哪幾次已被占用。',
    waitlist:
      '5. 以 {{reviewer}} 的身分駁回「{{topic}}」：正在候補那間會議室的 {{employee}} 會收到遞補通知。',
    pictures:
      '6. 以 {{employee}} 的身分輸入「/rooms 今天」或「/calendar」；以 {{reviewer}} 的身分輸入「/stats 上個月 {{site}}」。',
    end: '按 Ctrl-C 結束，資料會保留；執行「npm run sandbox -- --reset」可從頭開始。',
  },
  ending: '正在結束沙盒…',
  refused: {
    production: '沙盒不驗證身分，任何人都能進入，因此不會在 NODE_ENV=production 下執行。',
    credentials:
      '沙盒不驗證身分，任何人都能進入，因此不會與正式部署的設定一起執行；請移除這些設定：{{names}}。',
    argument: '這裡只有一個選項：npm run sandbox -- --reset',
    running: '已有沙盒使用這份資料執行中；請先結束它。',
    client: '尚未安裝本機聊天用戶端（開發相依套件）；請執行「npm ci」，且不要略過開發相依套件。',
    silent: '本機聊天用戶端沒有啟動；原因請見 {{log}}。',
    newer: '.sandbox 裡的資料是由較新版本的程式建立的；請執行「npm run sandbox -- --reset」從頭開始。',
    failed: '沙盒無法啟動：{{problem}}',
  },
  client: {
    ended: '{{name}} 的聊天視窗自行關閉，沙盒也隨之結束；詳情請見 {{log}}。',
  },
  help: {
    title: '沙盒',
    text: '輸入「sandbox next」，時鐘就會跳到下一件與您有關的事：一則提醒，或是沒有人處理的事項自動有了結果。',
    now: '沙盒時鐘現在是 {{at}}（{{zone}}）。',
  },
  next: {
    title: '現在是 {{at}}（{{zone}}）',
    due: '到期事項：',
    none: '目前沒有到期事項。先預約一間會議室並獲核准，就會有提醒。',
    reminder: '提醒 {{names}}：預約 #{{number}}',
    expiry: '申請 #{{number}} 失效：無人審核',
    confirmation: '預約 #{{number}} 的取消生效：沒有審核人確認',
    urging: '提醒審核人處理申請 #{{number}}',
    escalation: '申請 #{{number}} 轉請管理員處理：審核人都沒有回覆',
    job: '背景作業：{{kind}}',
    other: '{{names}}：{{kind}}',
  },
};
