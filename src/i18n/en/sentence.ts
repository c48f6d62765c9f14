export const sentence = {
  noSuchTime: 'There is no such day or time; please choose another.',
  noSuchBooking: 'There is no booking #{{number}}.',
  missing: {
    start: 'Please say when.',
    time: 'Please say at what time.',
    topic: 'Please say what it is about.',
  },
  nobody: 'I don’t know @{{name}}; please choose them below.',
  several: 'Several people are called @{{name}}; please choose below.',
  guest: '{{name}} is not a member of the organisation and can’t be invited.',
  rooms: {
    title: 'Free rooms: {{when}}',
    none: 'No room like this is free then; try another time or fewer wishes.',
    free: 'free {{spans}}',
    book: 'Book',
  },
} as const;
