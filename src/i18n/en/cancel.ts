export const cancel = {
  cancel: 'Cancel booking',
  title: 'Cancel #{{number}}',
  reason: 'Reason',
  reasonHint: 'Attendees and reviewers will read it',
  keep: 'Keep it after all',
  kept: 'The booking stays.',
  asked: 'A reviewer will confirm it; it takes effect by {{due}} at the latest.',
  askedLate: 'This is later than {{notice}} before the start, so it counts as late.',
  confirm: 'Confirm cancellation',
  request: '{{host}} cancels {{room}}',
} as const;
