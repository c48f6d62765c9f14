/** What a link says that leads to nothing any more. */
export const web = {
  unknown: {
    title: 'This link leads nowhere',
    text: 'It is incomplete or was never given out. Please open it from the message in which you got it.',
  },
  expired: {
    title: 'This link has expired',
    text: 'Links work for a limited time. Ask the booking bot in chat for a new one.',
  },
  revoked: {
    title: 'This link no longer works',
    text: 'It was withdrawn, or it is no longer meant for whoever got it. Ask the booking bot in chat for a new one.',
  },
  tooMany: {
    title: 'Too many requests',
    text: 'Please wait a minute and try again.',
  },
} as const;
