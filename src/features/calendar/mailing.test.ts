import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { eq } from 'drizzle-orm';
import { cardOf, labelsOf, noteOf, rowOf, textOf } from '../../../test/support/answers.ts';
import { createMailWorld, type MailWorld } from '../../../test/support/mail-world.ts';
import { mailTo } from '../../../test/support/post-office.ts';
import { minute } from '../../core/clock.ts';
import { claim, release } from '../../db/outbox.ts';
import { keepPublicUrl } from '../files/index.ts';
import { account } from '../people/schema.ts';

let it: MailWorld;

beforeEach(async () => {
  it = await createMailWorld();
});
afterEach(() => it.world.stop());

describe('switching it on', () => {
  test('[2.3] is offered where mail can be sent, also where calendars can’t subscribe', async () => {
    const off = cardOf(await it.world.say(it.ben, 'calendar'));
    expect(textOf(off)).toContain('Calendars can’t subscribe to me yet');
    expect(rowOf(off, 'Invitations by e-mail').badge).toBe('Off');
    await it.switchOn(it.ben);
    const on = rowOf(cardOf(await it.world.say(it.ben, 'calendar')), 'Invitations by e-mail');
    expect([on.badge, labelsOf(on)]).toEqual(['On', ['Switch e-mail off']]);
    await it.world.db.transact((tx) => keepPublicUrl(tx, 'https://rooms.example.org'));
    expect(cardOf(await it.world.say(it.ben, 'calendar')).rows?.map((row) => row.title)).toEqual([
      'My bookings',
      'Invitations by e-mail',
    ]);
    expect(noteOf(await it.world.say(it.ben, 'calendar Alps'))).toContain('no room called');
    expect((await it.world.audit()).map(({ kind }) => kind)).toContain('calendar.mailOn');
  });

  test('[2.3] is not offered to whom no address is known of, nor without a server', async () => {
    const nobody = await it.world.person('Nemo', { email: null });
    expect(noteOf(await it.world.say(nobody, 'calendar'))).toContain('can’t reach me');
    const forged = { command: 'calendar.mail', data: { mail: 'on', text: '' } };
    expect(noteOf(await it.world.act(nobody, forged))).toContain('can’t reach me');
    await it.world.stop();
    it = await createMailWorld({ withMail: false });
    expect(noteOf(await it.world.say(it.ben, 'calendar'))).toContain('can’t reach me');
    expect(noteOf(await it.world.act(it.ben, forged))).toContain('can’t reach me');
    await it.booked();
    expect((await it.world.outbox()).filter(({ kind }) => kind === 'mail')).toEqual([]);
  });

  test('[2.3] holds until it is switched off', async () => {
    await it.switchOn(it.ben);
    const card = rowOf(cardOf(await it.world.say(it.ben, 'calendar')), 'Invitations by e-mail');
    await it.world.press(it.ben, card, 'Switch e-mail off');
    await it.booked();
    expect(await it.post.deliver()).toEqual([]);
  });
});

describe('whoever wants mail', () => {
  test('[2.3] is invited once it is approved, each in their way, and nobody else is', async () => {
    await it.switchOn(it.ann, it.ben);
    await it.world.say(it.ben, 'language zh-TW');
    await it.booked();
    const mails = await it.post.deliver();
    expect(mails).toHaveLength(2);
    const hers = mailTo(it.ann, mails);
    expect(hers.subject).toBe('Booked: Design review, Wed, Dec 2, 2026, 15:00');
    expect(hers.text.split('\n')).toEqual([
      'Your booking #1001 is approved: Design review',
      '',
      'Topic: Design review',
      'When: Wed, Dec 2, 2026, 15:00 – 16:00 (Central European Time)',
      expect.stringMatching(/^Room: Alps/),
      'Host: Ann',
      'Attendees: Ben and Cy',
      expect.stringMatching(/^Headcount: 3/),
      '',
      'Join: https://meet.example.org/alps',
      '',
      'Accept it to have it in your calendar. Nobody reads answers to this mail.',
      'You have switched these mails on; /calendar in chat switches them off.',
    ]);
    const his = mailTo(it.ben, mails);
    expect(his.subject).toMatch(/^會議邀請：Design review，2026年12月2日/);
    expect(his.text).toContain('Ann 邀請您參加：Design review');
    expect([hers.method, his.method]).toEqual(['REQUEST', 'REQUEST']);
    expect(hers.first?.uid).toBe(his.first?.uid);
  });

  test('[2.3] answers to the host by mail; the host, to whom calendars offer nothing of their own, to nobody', async () => {
    await it.switchOn(it.ann, it.ben);
    await it.booked();
    const mails = await it.post.deliver();
    expect(mailTo(it.ben, mails)).toMatchObject({
      organizer: 'mailto:ann@example.org',
      rsvp: 'TRUE',
      replyTo: 'ann@example.org',
      attendees: ['ann@example.org', 'ben@example.org', 'cy@example.org'],
    });
    const hers = mailTo(it.ann, mails);
    expect(hers).toMatchObject({ organizer: 'mailto:rooms@example.org', rsvp: 'FALSE' });
    expect(hers.replyTo).toBeUndefined();
    expect(hers.attendees).toContain('ann@example.org');
  });

  test('[2.4] has it changed in place, unless a calendar would not show the change', async () => {
    await it.switchOn(it.ben);
    const booking = await it.booked();
    const before = mailTo(it.ben, await it.post.deliver());
    await it.change(booking, { note: 'With projector' });
    expect(await it.post.deliver()).toEqual([]);
    await it.change(booking, { start: '16:00' });
    const after = mailTo(it.ben, await it.post.deliver());
    expect(after.subject).toBe('Changed: Design review, Wed, Dec 2, 2026, 16:00');
    expect([after.method, after.first?.uid]).toEqual(['REQUEST', before.first?.uid]);
    expect(after.first?.sequence).toBeGreaterThan(before.first?.sequence ?? 0);
  });

  test('[2.5] has it taken out once it is cancelled, with the reason', async () => {
    await it.switchOn(it.ann, it.ben);
    const booking = await it.booked();
    const before = mailTo(it.ben, await it.post.deliver());
    await it.cancel(booking);
    const after = mailTo(it.ben, await it.post.deliver());
    expect(after.subject).toBe('Cancelled: Design review, Wed, Dec 2, 2026, 15:00');
    expect(after.text).toContain('Everybody is ill');
    expect(after.text).not.toContain('meet.example.org');
    expect([after.method, after.first?.uid]).toEqual(['CANCEL', before.first?.uid]);
    expect(after.first?.sequence).toBeGreaterThan(before.first?.sequence ?? 0);
  });

  test('[2.4] has it taken out when they are no longer invited, and learns nothing more of it', async () => {
    await it.switchOn(it.ben, it.cy);
    const booking = await it.booked({ confidential: true });
    const before = mailTo(it.ben, await it.post.deliver());
    await it.change(booking, { attendees: [it.cy.profile.userId], topic: 'Layoffs' });
    const mails = await it.post.deliver();
    const after = mailTo(it.ben, mails);
    expect(after).toMatchObject({
      method: 'CANCEL',
      attendees: ['ben@example.org'],
      organizer: 'mailto:ann@example.org',
      subject: 'No longer invited: Booking #1001, Wed, Dec 2, 2026, 15:00',
    });
    expect(after.event?.getFirstPropertyValue('status')).toBe('CANCELLED');
    expect(after.first?.uid).toBe(before.first?.uid);
    expect(after.first?.sequence).toBeGreaterThan(before.first?.sequence ?? 0);
    expect(JSON.stringify(after)).not.toMatch(/Layoffs|Cy|cy@/);
    expect(mailTo(it.cy, mails)).toMatchObject({
      method: 'REQUEST',
      subject: expect.stringMatching(/^Changed: Layoffs/),
    });
  });

  test('[2.3] gets one mail of how things stand where several changes came before it went out', async () => {
    await it.switchOn(it.ben);
    const booking = await it.booked();
    await it.change(booking, { start: '16:00' });
    await it.change(booking, { start: '17:00' });
    expect(mailTo(it.ben, await it.post.deliver())).toMatchObject({
      subject: expect.stringMatching(/^Invitation: .*17:00$/),
    });
  });

  test('[2.3] gets one mail of a change that was made while one was on its way and failed', async () => {
    await it.switchOn(it.ben);
    const booking = await it.booked();
    const { db } = it.world;
    const now = it.world.now() + minute;
    const mails = async () => (await it.world.outbox()).filter((row) => row.kind === 'mail');
    await db.transact(async (tx) => {
      for (const row of await mails()) await claim(tx, row.id, now, () => now + minute);
    });
    await it.change(booking, { start: '17:00' });
    expect((await mails()).map(({ state }) => state)).toEqual(['withdrawn', 'waiting']);
    await db.transact(release);
    expect(mailTo(it.ben, await it.post.deliver())).toMatchObject({
      subject: expect.stringMatching(/17:00$/),
    });
  });

  test('[3.1] gets none any more once they are no member', async () => {
    await it.switchOn(it.ben);
    await it.booked();
    await it.world.db.transact((tx) =>
      tx.update(account).set({ kind: 'guest' }).where(eq(account.person, it.ben.person)),
    );
    expect(await it.post.deliver()).toEqual([]);
  });
});
