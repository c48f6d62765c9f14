import type { en } from '../en/index.ts';
import type { Translation } from '../keys.ts';

export const delivery: Translation<typeof en.delivery> = {
  unreached: {
    somebody: '您邀请的某位同事',
    title: '无法通知：{{name}}',
    text: '对方（{{name}}）尚未在 Teams 或 Slack 中打开过我，或已屏蔽我，因此收不到关于 #{{number}}“{{topic}}”的消息。请您直接告知对方。',
    byMail:
      '在 Teams 和 Slack 上都联系不到 {{name}}，发给对方的邮件也无法送达。请您自行告知对方 #{{number}}“{{topic}}”的情况。',
  },
  failed: {
    title: '有消息无法送达',
    text: '“{{kind}}”类消息长时间尝试后仍无法送达（收件人：{{name}}），已停止尝试。最后一次错误：{{error}}',
    job: '“{{kind}}”类任务一再失败，已停止尝试。最后一次错误：{{error}}',
    nobody: '所有相关人员',
  },
};
