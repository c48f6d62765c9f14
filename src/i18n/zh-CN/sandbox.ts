import type { en } from '../en/index.ts';
import type { Translation } from '../keys.ts';

export const sandbox: Translation<typeof en.sandbox> = {
  ready: {
    title: '沙盒已就绪：示例组织在柏林和台北设有会议室，一切只在这台电脑上运行。',
    clock: '沙盒时钟现在是 {{at}}（{{zone}}）。',
    window: '{{name}}，{{role}}：{{address}}',
    employee: '员工',
    reviewer: '审批人兼管理员',
    try: '可以试试这六件事：',
    sentence:
      '1. 以 {{employee}} 的身份输入“/book 明天下午三点 1 小时 4 人，设计评审”，再点击“预订”。（只输入 /book 会打开表单。）',
    approve: '2. 以 {{reviewer}} 的身份批准收到的卡片，或写明原因驳回。',
    next: '3. 以 {{employee}} 的身份输入“sandbox next”：时钟会往前走，提醒随即送达。',
    series:
      '4. 以 {{employee}} 的身份输入“/book 每周三上午 10 点 1 小时 5 人，例会 {{room}} 共 5 次”：会列出哪几次已被占用。',
    waitlist: '5. 以 {{reviewer}} 的身份驳回“{{topic}}”：正在候补那间会议室的 {{employee}} 会收到候补通知。',
    pictures:
      '6. 以 {{employee}} 的身份输入“/rooms 今天”或“/calendar”；以 {{reviewer}} 的身份输入“/stats 上个月 {{site}}”。',
    end: '按 Ctrl-C 结束，数据会保留；运行“npm run sandbox -- --reset”可从头开始。',
  },
  ending: '正在结束沙盒…',
  refused: {
    production: '沙盒不验证身份，任何人都能进入，因此不会在 NODE_ENV=production 下运行。',
    credentials:
      '沙盒不验证身份，任何人都能进入，因此不会与正式部署的配置一起运行；请移除这些配置：{{names}}。',
    argument: '这里只有一个选项：npm run sandbox -- --reset',
    running: '已有沙盒正在使用这份数据；请先结束它。',
    client: '尚未安装本地聊天客户端（开发依赖）；请运行“npm ci”，且不要跳过开发依赖。',
    silent: '本地聊天客户端没有启动；原因见 {{log}}。',
    newer: '.sandbox 里的数据是由更高版本的程序创建的；请运行“npm run sandbox -- --reset”从头开始。',
    failed: '沙盒无法启动：{{problem}}',
  },
  client: {
    ended: '{{name}} 的聊天窗口自行关闭，沙盒也随之结束；详情见 {{log}}。',
  },
  help: {
    title: '沙盒',
    text: '输入“sandbox next”，时钟就会跳到下一件与您有关的事：一条提醒，或是无人处理的事项自动有了结果。',
    now: '沙盒时钟现在是 {{at}}（{{zone}}）。',
  },
  next: {
    title: '现在是 {{at}}（{{zone}}）',
    due: '到期事项：',
    none: '目前没有到期事项。先预订一间会议室并获得批准，就会有提醒。',
    reminder: '提醒 {{names}}：预订 #{{number}}',
    expiry: '申请 #{{number}} 失效：无人审批',
    confirmation: '预订 #{{number}} 的取消生效：没有审批人确认',
    urging: '提醒审批人处理申请 #{{number}}',
    escalation: '申请 #{{number}} 转请管理员处理：审批人均未答复',
    job: '后台任务：{{kind}}',
    other: '{{names}}：{{kind}}',
  },
};
