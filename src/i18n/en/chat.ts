/** What the adapters themselves say. */
export const chat = {
  working: 'One moment, still working on it …',
  done: 'Done',
  close: 'Close',
  truncated: '… and more',
  unreadable: 'This message could not be read. Type /help to see what I understand.',
  checkField: 'Please fill this in with a value that the field allows.',
  below: 'See the new message below.',
  cancelled: 'Cancelled. Nothing was changed.',
  notForYou: 'This bot serves the members of its own organisation only.',
  answeredPrivately: 'I have answered you in our own chat.',
  writePrivately:
    'Please install this app and write to me in a chat of our own: what I show is for you only.',
} as const;
