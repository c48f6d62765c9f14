import type { en } from '../en/index.ts';
import type { Translation } from '../keys.ts';

export const delivery: Translation<typeof en.delivery> = {
  unreached: {
    somebody: '您邀請的某位人員',
    title: '無法通知：{{name}}',
    text: '對方（{{name}}）尚未在 Teams 或 Slack 開啟過我，或已封鎖我，因此收不到 #{{number}}「{{topic}}」的訊息。請您直接告知對方。',
    byMail:
      '在 Teams 和 Slack 都聯絡不到 {{name}}，寄給對方的電子郵件也無法送達。請您親自通知對方 #{{number}}「{{topic}}」一事。',
  },
  failed: {
    title: '有訊息無法送達',
    text: '「{{kind}}」類訊息長時間嘗試後仍無法送達（收件人：{{name}}），已停止嘗試。最後一次錯誤：{{error}}',
    job: '「{{kind}}」類工作一再失敗，已停止嘗試。最後一次錯誤：{{error}}',
    nobody: '所有相關人員',
  },
};
