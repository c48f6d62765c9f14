/** What the adapters themselves say. */
export const chat = {
  working: 'One moment, still working on it …',
  close: 'Close',
  truncated: '… and more',
  checkField: 'Please fill this in with a value that the field allows.',
  below: 'See the new message below.',
  cancelled: 'Cancelled. Nothing was changed.',
  notForYou: 'This bot serves the members of its own organisation only.',
  answeredPrivately: 'I have answered you in our own chat.',
  writePrivately:
    'Please install this app and write to me in a chat of our own: what I show is for you only.',
} as const;
