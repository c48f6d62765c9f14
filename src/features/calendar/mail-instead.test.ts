import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createMailWorld, type MailWorld } from '../../../test/support/mail-world.ts';
import { mailTo } from '../../../test/support/post-office.ts';
import { minute } from '../../core/clock.ts';
import { Unreachable } from '../../core/errors.ts';
import { MailFailed } from '../../mail/failure.ts';
import { maxAttempts } from '../../queue/backoff.ts';

let it: MailWorld;

beforeEach(async () => {
  it = await createMailWorld();
});
afterEach(() => it.world.stop());

describe('somebody who can’t be reached in chat', () => {
  test('[2.3] is invited by mail, through changes and cancellation, and the host is not troubled', async () => {
    it.post.leave(it.ben);
    const booking = await it.booked();
    const first = mailTo(it.ben, await it.post.deliver());
    expect(first).toMatchObject({ method: 'REQUEST', subject: expect.stringMatching(/^Invitation: /) });
    expect(first.text).toContain('since Rooms can’t reach you in chat');
    await it.change(booking, { start: '16:00' });
    expect(mailTo(it.ben, await it.post.deliver())).toMatchObject({
      method: 'REQUEST',
      subject: expect.stringMatching(/^Changed: /),
    });
    await it.change(booking, { attendees: [it.cy.profile.userId] });
    expect(mailTo(it.ben, await it.post.deliver()).method).toBe('CANCEL');
    await it.change(booking, { attendees: [it.ben.profile.userId] });
    await it.post.deliver();
    await it.cancel(booking);
    expect(mailTo(it.ben, await it.post.deliver())).toMatchObject({
      method: 'CANCEL',
      subject: expect.stringMatching(/^Cancelled: /),
    });
    expect(it.post.readBy(it.ann)).not.toContain('could not be reached');
  });

  test('[2.7] is reminded by their calendar: a reminder brings neither another mail nor trouble to the host', async () => {
    it.post.leave(it.ben);
    await it.booked();
    await it.post.deliver();
    const [reminder] = (await it.world.outbox()).filter(
      ({ name, person }) => name === 'reminder.card' && person === it.ben.person,
    );
    it.world.moveTo(reminder?.dueAt ?? 0);
    expect(await it.post.deliver()).toEqual([]);
    expect(it.post.readBy(it.ann)).not.toContain('could not be reached');
    expect(it.post.readBy(it.cy)).toContain('#1001');
  });

  test('[2.3] gets one mail, not two, where they have asked for mail as well', async () => {
    await it.switchOn(it.ben);
    it.post.leave(it.ben);
    await it.booked();
    expect(mailTo(it.ben, await it.post.deliver()).method).toBe('REQUEST');
    expect(it.post.readBy(it.ann)).not.toContain('could not be reached');
  });

  test('[2.3] and whose mail is refused too: the host is told to tell them', async () => {
    it.post.leave(it.ben);
    it.post.fail(new Unreachable('550'));
    await it.booked();
    expect(await it.post.deliver()).toEqual([]);
    expect(it.post.readBy(it.ann)).toContain('Ben could not be reached');
    expect(it.post.readBy(it.ann)).toContain('my e-mail to them could not be delivered either');
    expect(it.post.readBy(it.ann).match(/could not be reached/g)).toHaveLength(1);
  });

  test('[2.3] and of whom no address is known: the host is told at once', async () => {
    const nemo = await it.world.person('Nemo', { email: null });
    await it.booked({ attendees: [nemo.profile.userId] });
    it.post.leave(nemo);
    await it.post.deliver();
    expect(it.post.readBy(it.ann)).toContain('has not opened me on Teams or Slack');
  });

  test('[2.4] is missed by the host where it was more than an invitation says', async () => {
    const booking = await it.booked();
    await it.post.deliver();
    it.post.leave(it.ben);
    await it.world.act(it.ann, {
      command: 'change.handOver',
      data: { booking },
      values: { to: [it.ben.profile.userId] },
    });
    expect(await it.post.deliver()).toEqual([]);
    expect(it.post.readBy(it.ann)).toContain('Ben could not be reached');
  });
});

describe('a mail that is refused', () => {
  test('[2.3] beside a message that was told troubles nobody', async () => {
    await it.switchOn(it.ben);
    it.post.fail(new Unreachable('550'));
    await it.booked();
    await it.post.deliver();
    expect(it.post.readBy(it.ann)).not.toContain('could not be reached');
    expect((await it.world.audit()).map(({ kind }) => kind)).toContain('person.unreachable');
  });

  test('[2.3] again and again, by a wrong password: the admins hear it once, the host of whom nothing else reaches', async () => {
    const ida = await it.world.person('Ida');
    await it.world.say(ida, 'help');
    await it.switchOn(it.cy);
    it.post.leave(it.ben);
    it.post.fail(new MailFailed('EAUTH', 535));
    await it.booked();
    for (let n = 0; n < maxAttempts; n += 1) {
      await it.post.deliver();
      it.world.moveTo(it.world.now() + 15 * minute);
    }
    await it.post.deliver();
    const [hers, his] = [it.post.readBy(ida), it.post.readBy(it.ann)];
    expect(hers.match(/could not be delivered/g)).toHaveLength(1);
    expect(hers).toContain('MailFailed EAUTH 535');
    expect(his).toContain('Ben could not be reached');
    expect(his).not.toContain('Cy could not be reached');
  });
});
