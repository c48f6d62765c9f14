export const people = {
  languages: { en: 'English', 'zh-TW': '繁體中文', 'zh-CN': '简体中文' },
  language: {
    title: 'Language',
    text: 'Which language shall I write to you in?',
    changed: 'From now on I write to you in English.',
  },
  role: {
    admin: 'Admin',
    custodian: 'Custodian',
    support: 'Support',
    supervisor: 'Supervisor',
    trainer: 'Trainer',
    policyOwner: 'Policy owner',
    privacyOfficer: 'Privacy officer',
  },
  roles: {
    title: 'Roles',
    text: 'Reviewers are set at each room, with /rooms edit. Everything else is given here.',
    configured: 'Admin by configuration: {{names}}.',
    holds: '{{role}} since {{since}}',
    give: 'Give a role',
    take: 'Take away',
    takeConfirm: '{{name}} will no longer be {{role}}.',
    who: 'Who',
    role: 'Role',
  },
  refused: {
    guest:
      'Rooms are for full members of the organisation (rule {{clause}}). Please ask a colleague who is one to book for you.',
    unknown: 'I could not look you up just now, and so I can’t let you in. Please try again in a minute.',
    admin: 'Only an admin can do that (rule {{clause}}). Please ask one: {{admins}}.',
    attendee: 'Not a full member of the organisation, and so not possible here: {{names}}.',
    attendeeUnknown: 'Somebody you chose could not be looked up just now. Please try again in a minute.',
  },
} as const;
