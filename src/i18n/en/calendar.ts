/** Appointments in people's own calendars. */
export const calendar = {
  add: 'Add to calendar',
  takeOut: 'Take out of calendar',
  busy: 'Busy',
  line: {
    host: 'Host: {{text}}',
    attendees: 'Attendees: {{text}}',
    join: 'Join: {{text}}',
  },
  title: 'Your calendar addresses',
  text: 'Subscribe to an address in Outlook, Google Calendar or Apple Calendar, and your bookings appear there and stay up to date. Whoever has an address can read it: don’t pass it on.',
  mine: 'My bookings',
  room: 'Bookings of {{room}}',
  none: 'No address yet.',
  since: 'Made on {{at}}.',
  used: 'Last fetched on {{at}}.',
  unused: 'Not fetched yet.',
  make: 'Make an address',
  renew: 'Renew',
  renewConfirm: 'The address of now stops working. Calendars that use it have to be given the new one.',
  remove: 'Remove',
  removeConfirm: 'The address stops working, and calendars that use it no longer get anything.',
  made: 'This is your new address; any before it no longer works.',
  removed: 'The address no longer works.',
  footnote: 'Of other rooms that you review: /calendar and the name of the room.',
  refused: {
    room: 'The calendar of a room is for its reviewers and the admins.',
    noRoom: 'I know no room called “{{text}}”.',
    noAddress:
      'Calendars can’t reach me: an admin has to set the address under which I am reached from outside.',
  },
} as const;
