/** What is said about messages that could not be delivered. */
export const delivery = {
  unreached: {
    somebody: 'Somebody you invited',
    title: '{{name}} could not be reached',
    text: '{{name}} has not opened me on Teams or Slack, or has blocked me, so I could not write to them about #{{number}} {{topic}}. Please tell them yourself.',
    byMail:
      '{{name}} can’t be reached on Teams or Slack, and my e-mail to them could not be delivered either. Please tell them yourself about #{{number}} {{topic}}.',
  },
  failed: {
    title: 'A message could not be delivered',
    text: 'I tried for a long time to deliver a message of the kind “{{kind}}” to {{name}} and have given up. The last error was: {{error}}',
    job: 'A task of the kind “{{kind}}” failed again and again and I have given up. The last error was: {{error}}',
    nobody: 'everybody concerned',
  },
} as const;
