import type { Act } from '../../src/chat/ports.ts';
import type { Values } from '../../src/core/view.ts';
import { asOfOf, type Clicks, cardOf, type Scene, submission } from './scene.ts';
import { seriesClicks } from './series-clicks.ts';
import { statisticsClicks } from './statistics-clicks.ts';

/**
 * For every command, what the card or form of the person whom it is for sends: everybody else gets to send just
 * that in the table. A command that anybody may type for themselves needs no input here.
 */
export async function clicksOf(scene: Scene): Promise<Clicks> {
  return {
    ...(await adminClicks(scene)),
    ...(await bookingClicks(scene)),
    ...(await waitingClicks(scene)),
    ...(await ownClicks(scene)),
    ...(await seriesClicks(scene)),
    ...(await statisticsClicks(scene)),
  };
}

const click = (command: string, data: Record<string, string> = {}, values: Values = {}): Clicks => ({
  [command]: { command, data, values },
});
const sent = (act: Act): Clicks => ({ [act.command]: act });

async function adminClicks({ world, cast, form, rooms }: Scene): Promise<Clicks> {
  const { admin, employee, supervisor } = cast;
  for (const name of ['Small', 'Long'])
    await world.submit(admin, await form(admin, 'rules.addRule'), {
      name,
      decision: 'ask',
      minHeadcount: '900',
    });
  return {
    ...click('people.departments'),
    ...click('people.departmentForm'),
    ...sent(
      submission(await form(admin, 'people.departmentForm'), {
        people: [employee.caller.userId],
        department: 'Sales',
      }),
    ),
    ...click('people.roles'),
    ...click('people.roleForm'),
    ...click('people.giveRole', {}, { people: [employee.caller.userId], role: 'admin' }),
    ...click('people.takeRole', { person: supervisor.person, role: 'supervisor' }),
    ...click('rooms.add'),
    ...click('rooms.edit', { room: rooms.alps }),
    ...click('rooms.editNamed', { text: 'Alps' }),
    ...sent(submission(await form(admin, 'rooms.edit', { room: rooms.alps }), { capacity: '9' })),
    ...click('rules.limits'),
    ...sent(submission(await form(admin, 'rules.limits'), { horizonDays: '30' })),
    ...click('rules.addRule'),
    ...click('rules.editRule', { rule: 'Small' }),
    ...sent(submission(await form(admin, 'rules.addRule'), { name: 'Large', decision: 'approve' })),
    ...click('rules.move', { base: '3', rule: 'Small', page: '1', to: 'down' }),
    ...click('rules.removeRule', { base: '3', rule: 'Small', page: '1' }),
  };
}

async function bookingClicks(scene: Scene): Promise<Clicks> {
  const { cast, form, bookings, attendees, typed } = scene;
  const { host, reviewer, attendee } = cast;
  const { requested, questioned, proposed, standing, changing, cancelling, handed, declined, lost } =
    bookings;
  const seen = { booking: requested, asOf: '1' };
  const shown = cardOf(await scene.act(host, 'booking.show', { booking: proposed }));
  const accept = (shown.actions ?? []).find(
    (it) => it.kind === 'command' && it.command === 'approval.acceptProposal',
  );
  const data = accept?.kind === 'command' ? accept.data : {};
  const end = String(Date.parse('2026-12-03T10:45:00Z'));
  const request = await form(host, 'booking.open', { room: typed.room });
  return {
    ...click('booking.open', { room: typed.room }),
    ...sent(submission(request, { ...typed, date: '2026-12-04', start: '12:00' })),
    ...click('booking.show', { booking: requested }),
    ...click('booking.withdraw', { booking: requested }),
    ...click('approval.show', { booking: requested }),
    ...click('approval.approve', seen),
    'approval.approve of a change': {
      command: 'approval.approve',
      data: { booking: changing, asOf: await asOfOf(scene, changing) },
      values: {},
    },
    'approval.approve of what was seen before': {
      command: 'approval.approve',
      data: { booking: requested, asOf: '0' },
      values: {},
    },
    'approval.approve of what is decided': {
      command: 'approval.approve',
      data: { booking: standing, asOf: '1' },
      values: {},
    },
    ...click('approval.reject', seen, { reason: 'No' }),
    ...click('approval.ask', seen, { text: 'Why?' }),
    ...click('approval.answer', { booking: questioned }, { text: 'Because' }),
    ...click('approval.proposeForm', seen),
    ...sent(
      submission(await form(reviewer, 'approval.proposeForm', seen), {
        date: '2026-12-04',
        start: '14:00',
      }),
    ),
    ...click('approval.acceptProposal', data),
    ...click('approval.declineProposal', data),
    ...click('approval.several'),
    ...sent(submission(await form(reviewer, 'approval.several'), { chosen: [`${requested} 1`] })),
    ...click('change.open', { booking: standing }),
    ...sent(submission(await form(host, 'change.open', { booking: standing }), { topic: 'Other' })),
    ...click('change.askEnd', { booking: standing }),
    ...click('change.end', { booking: standing, end, token: 'end' }),
    ...click('change.withdraw', { booking: changing }),
    ...click('change.handOver', { booking: standing }, { to: attendees }),
    ...click('change.acceptHandover', { booking: handed }),
    ...click('change.declineHandover', { booking: handed }),
    ...click('cancel.request', { booking: standing }, { reason: 'Ill' }),
    ...click('cancel.keep', { booking: cancelling }),
    ...click('cancel.confirm', { booking: cancelling, asOf: await asOfOf(scene, cancelling) }),
    ...click('records.history', { booking: standing }),
    ...click('draft.fromBooking', { booking: lost }),
    ...click('reminder.late', { booking: standing, minutes: '10' }),
    ...click('reminder.decline', { booking: standing }),
    ...click('reminder.undecline', { booking: declined }),
    ...sent(submission(await form(attendee, 'reminder.edit'), { leads: ['5'] })),
  };
}

async function waitingClicks(scene: Scene): Promise<Clicks> {
  const { world, act, form, cast, typed, bookings } = scene;
  const { host, otherHost, reviewer } = cast;
  const ask = async (date: string, start: string) => {
    const opened = await form(host, 'booking.open', { room: typed.room });
    return cardOf(await world.submit(host, opened, { ...typed, date, start }));
  };
  const dataOf = (card: ReturnType<typeof cardOf>, command: string) => {
    for (const action of [...(card.actions ?? []), ...(card.rows ?? []).flatMap((row) => row.actions ?? [])])
      if (action.kind === 'command' && action.command === command) return action.data;
    throw new Error(`no button for ${command}`);
  };
  const taken = await ask(typed.date, '15:00');
  const said = cardOf(await act(host, 'sentence.book', { text: '2026-12-04 3pm 1h Alps retro' }));
  const waiting = cardOf(await act(host, 'waitlist.join', dataOf(taken, 'waitlist.join')));
  const { entry = '' } = dataOf(waiting, 'waitlist.leave');
  const other = await ask('2026-12-04', '10:00');
  // What the other host gives up is offered to whoever waits.
  await act(otherHost, 'booking.withdraw', { booking: bookings.own });
  const substitution =
    dataOf(cardOf(await act(reviewer, 'duties.show', {})), 'duties.end').substitution ?? '';
  return {
    ...click('draft.book', dataOf(said, 'draft.book')),
    ...click('draft.edit', dataOf(said, 'draft.edit')),
    ...click('draft.take', dataOf(other, 'draft.take')),
    ...click('waitlist.join', dataOf(other, 'waitlist.join')),
    ...click('waitlist.take', { entry }),
    ...click('waitlist.leave', { entry }),
    ...click('duties.end', { substitution }),
  };
}

/** What everybody may do for themselves. */
async function ownClicks({ act, form, cast, rooms }: Scene): Promise<Clicks> {
  const { employee, reviewer, host, admin } = cast;
  for (const who of [reviewer, admin]) await act(who, 'calendar.renew', { room: rooms.alps });
  const absence = submission(await form(admin, 'duties.open', { text: '' }), {
    from: '2027-01-01',
    until: '2027-01-02',
    substitute: [host.caller.userId],
  });
  const search = await form(reviewer, 'records.open');
  const plain = ['home.show', 'home.help', 'home.welcome', 'defaults.edit', 'people.language', 'rooms.list'];
  const lists = ['rules.show', 'rules.history', 'rules.approval', 'booking.list', 'waitlist.list'];
  const more = ['approval.list', 'duties.show', 'duties.open', 'duties.back', 'reminder.settings'];
  const last = ['reminder.edit', 'records.open', 'records.said', 'records.list', 'calendar.show'];
  return {
    ...Object.assign({}, ...[plain, lists, more, last].flat().map((command) => click(command))),
    ...sent(submission(await form(employee, 'defaults.edit'), { site: 'Berlin' })),
    ...click('people.setLanguage', { language: 'zh-TW' }),
    ...click('rules.version', { version: '1' }),
    ...click('rules.test', { text: 'tomorrow 3pm 2h Alps' }),
    ...sent({ ...absence, values: { ...absence.values, person: [] } }),
    'duties.save for another': {
      ...absence,
      values: { ...absence.values, person: [reviewer.caller.userId] },
    },
    ...click('sentence.book', { text: '2026-12-04 5pm 1h Alps retro' }),
    ...click('sentence.rooms', { text: 'tomorrow afternoon 3 people' }),
    ...click('sentence.said', { text: '2026-12-04 5pm 1h Alps retro' }),
    ...sent(submission(search, {})),
    ...click('records.export', { format: 'csv' }),
    ...click('calendar.renew', { room: rooms.alps, text: '' }),
    ...click('calendar.mail', { mail: 'off' }),
    'calendar.renew of one’s own': { command: 'calendar.renew', data: { room: '' }, values: {} },
    'records.search by department': { ...submission(search, { department: 'Sales' }) },
    'no.such command': { command: 'no.such', data: {}, values: {} },
    ...click('calendar.remove', { room: rooms.alps, text: '' }),
  };
}
