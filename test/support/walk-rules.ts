import type { Answered } from '../../src/chat/ports.ts';
import type { Form, Values } from '../../src/core/view.ts';
import { formOf } from './answers.ts';
import type { Someone } from './world.ts';

type Steps = {
  act(who: Someone, command: string, data?: Record<string, string>): Promise<Answered>;
  submit(who: Someone, form: Form, typed: Values): Promise<Answered>;
};

/** Everything that admins do with the rules, and everybody sees of it; `nasty` is what they type. */
export async function walkRules({ act, submit }: Steps, admin: Someone, member: Someone, nasty: string) {
  const limits = async () => formOf(await act(admin, 'rules.limits'));
  const stale = await limits();
  await submit(admin, stale, { horizonDays: '0', opens: nasty, workDays: [], from: '2020-01-01' });
  await submit(admin, stale, {});
  await submit(admin, stale, {
    horizonDays: '90',
    opens: '07:00',
    reminders: [],
    material: [],
    workDays: ['6'],
  });
  await submit(admin, { ...stale, data: { ...stale.data, token: 'another' } }, { horizonDays: '30' });

  const rule = async () => formOf(await act(admin, 'rules.addRule'));
  const name = (n: number) => `${n} ${nasty}`.slice(0, 60);
  const stalest = await rule();
  await submit(admin, stalest, { name: nasty, sites: nasty, minMinutes: 'x', decision: '', rooms: ['?'] });
  for (let n = 1; n <= 12; n++)
    await submit(admin, await rule(), {
      name: name(n),
      decision: (['approve', 'ask', 'askTwo', 'refuse'] as const)[n % 4] ?? 'ask',
      sites: ['Berlin'],
      rooms: Array.from({ length: n }, (_, hall) => `Hall ${hall}`).join('\n'),
      kinds: ['physical', 'online', 'hybrid'],
      minMinutes: '15',
      maxMinutes: '1440',
      minHeadcount: '1',
      maxHeadcount: '10000',
      roles: ['admin', 'policyOwner', 'privacyOfficer'],
      minLead: '1',
      maxLead: '1051200',
      workingHours: n % 2 === 0 ? 'inside' : 'outside',
      ...(n === 12 && { from: '2027-06-01' }),
    });
  await submit(admin, stalest, { name: 'Late', decision: 'ask' });
  await act(admin, 'rules.editRule', { rule: name(3) });
  await act(admin, 'rules.editRule', { rule: '?' });
  await act(admin, 'rules.approval', { page: '2' });
  await act(member, 'rules.approval');
  const button = { base: '14', rule: name(3), page: '1' };
  await act(admin, 'rules.move', { ...button, to: 'up' });
  await act(admin, 'rules.move', { ...button, to: 'down' });
  await act(admin, 'rules.removeRule', { ...button, base: '15' });

  await act(admin, 'rules.show');
  await act(member, 'rules.show', { page: '2' });
  for (const page of ['1', '2', '3', '4']) await act(member, 'rules.history', { page });
  for (const version of ['1', '2', '9', '14']) await act(admin, 'rules.version', { version });
  for (const text of ['', nasty, `tomorrow 3pm 2h Alps ${nasty}`, '2020-01-01 Alps', 'x'.repeat(401)])
    await act(member, 'rules.test', { text });
  await act(member, 'rules.test', { text: 'tomorrow 3pm 2h Alps', page: '2' });
}
