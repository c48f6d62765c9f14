export const common = {
  refusal: '{{text}} (rule {{clause}})',
  withNearest: '{{said}} {{nearest}}',
  inZone: '{{span}} ({{zone}})',
  minutes: '{{minutes}} min',
  hours: '{{hours}} h',
  hoursMinutes: '{{hours}} h {{minutes}} min',
  days_one: '{{count}} day',
  days_other: '{{count}} days',
  tomorrowAt: 'tomorrow {{time}}',
  cancel: 'Cancel',
  next: 'Next page',
  previous: 'Previous page',
  page: 'Page {{page}} of {{pages}}',
  yes: 'Yes',
  no: 'No',
  fault:
    'Something went wrong on our side and nothing was changed. Please try again; if it stays, give your admin the code {{code}}.',
  stale: 'This button is out of date. Type /book, /bookings or /help to start afresh.',
  tooFast: 'That was a lot at once. Please wait a minute and try again.',
  tooMany:
    'Very many people of your organisation are using this bot right now. Please try again in a moment.',
} as const;
