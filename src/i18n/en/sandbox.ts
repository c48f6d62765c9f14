/** The sandbox: what it prints, and what it says in chat about its clock. */
export const sandbox = {
  ready: {
    title: 'The sandbox is ready: a demo organisation with rooms in Berlin and Taipei, on this machine only.',
    clock: 'Its clock stands at {{at}} ({{zone}}).',
    window: '{{name}}, {{role}}: {{address}}',
    employee: 'employee',
    reviewer: 'reviewer and admin',
    try: 'Six things to try:',
    sentence:
      '1. As {{employee}}, type “/book tomorrow 3pm 1h 4 people design review”, then press Book it. (“/book” alone opens the form.)',
    approve: '2. As {{reviewer}}, approve the card that arrives, or reject it with a reason.',
    next: '3. As {{employee}}, type “sandbox next”: the clock moves on and the reminder arrives.',
    series:
      '4. As {{employee}}, type “/book every Wednesday 10am 1h 5 people jour fixe {{room}} 5 times”: it shows which dates are taken.',
    waitlist: '5. As {{reviewer}}, reject “{{topic}}”: {{employee}}, who waits for that room, is offered it.',
    pictures:
      '6. As {{employee}}, type “/rooms today” or “/calendar”; as {{reviewer}}, “/stats last month {{site}}”.',
    end: 'Ctrl-C ends it and keeps everything; “npm run sandbox -- --reset” starts anew.',
  },
  ending: 'Ending the sandbox …',
  refused: {
    production: 'The sandbox lets everybody in, so it does not run with NODE_ENV=production.',
    credentials:
      'The sandbox lets everybody in, so it does not run beside settings of a real deployment; please unset {{names}}.',
    argument: 'Only one option is known here: npm run sandbox -- --reset',
    running: 'A sandbox is already running on this data; end that one first.',
    client:
      'The local chat client is not installed, being a development dependency; run “npm ci” without leaving those out.',
    silent: 'A local chat client did not start; {{log}} tells why.',
    newer:
      'The data in .sandbox was made by a newer version of this program; start anew with “npm run sandbox -- --reset”.',
    failed: 'The sandbox can’t start: {{problem}}',
  },
  client: {
    ended: 'The chat window of {{name}} has ended by itself, and the sandbox with it; {{log}} tells more.',
  },
  help: {
    title: 'The sandbox',
    text: 'Type “sandbox next” to move its clock to the next thing that concerns you: a reminder, or what becomes of something that nobody answered.',
    now: 'Its clock stands at {{at}} ({{zone}}).',
  },
  next: {
    title: 'Now it is {{at}} ({{zone}})',
    due: 'Due now:',
    none: 'Nothing is due. Book a room and have it approved, then there will be a reminder.',
    reminder: 'Reminder of booking #{{number}} for {{names}}',
    expiry: 'Request #{{number}} expires: nobody has decided it',
    confirmation: 'The cancellation of #{{number}} holds: no reviewer has confirmed it',
    urging: 'The reviewers are reminded of #{{number}}',
    escalation: '#{{number}} goes to the admins as well: no reviewer has answered',
    job: 'In the background: {{kind}}',
    other: '{{kind}} for {{names}}',
  },
} as const;
