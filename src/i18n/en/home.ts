export const home = {
  title: 'Meeting rooms',
  help: 'Type one of these, or press a button.',
  welcome: 'Hello {{name}}, I book meeting rooms. Type one of these, or press a button.',
  unknown: 'I don’t know what to do with “{{text}}”. These I understand:',
  words: {
    book: 'Ask for a room',
    bookings: 'What you host and what you are invited to',
    rooms: 'The rooms, and which are free now; a word after it narrows them down',
    approvals: 'Requests that wait for your decision',
    rules: 'The rules in force',
    language: 'English, 繁體中文, 简体中文',
  },
  buttons: {
    book: 'Book a room',
    bookings: 'My bookings',
    rooms: 'Rooms',
    approvals: 'Approvals',
    rules: 'Rules',
    language: 'Language',
  },
  admin: {
    roomsAdd: { title: '/rooms add', text: 'Add a room' },
    roomsEdit: { title: '/rooms edit <name>', text: 'Change a room, its reviewers, or take it out of use' },
    roles: { title: '/roles', text: 'Who is admin, supervisor and so on' },
  },
} as const;
