import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { eventually } from '../../../test/support/eventually.ts';
import {
  buttonsOf,
  type SlackUser,
  type SlackWorld,
  startSlack,
  textOf,
} from '../../../test/support/slack.ts';
import { createDesk, note, type SlackBot, startSlackBot } from '../../../test/support/slack-bot.ts';
import { clickHome, homeOf, openHome, sendHomeOpened } from '../../../test/support/slack-home.ts';
import type { Answer, Card, CommandAction } from '../../core/view.ts';

const button: CommandAction = {
  kind: 'command',
  label: 'Open',
  command: 'booking.show',
  data: { booking: 'b1' },
  answer: 'new',
};
const card = (title: string, more: Partial<Card> = {}): Answer => ({
  kind: 'card',
  card: { layout: 'list', tone: 'neutral', title, actions: [button], ...more },
});

let world: SlackWorld;
let bot: SlackBot;
let ann: SlackUser;
const desk = createDesk();

beforeAll(async () => {
  world = await startSlack({ people: [{ name: 'ann' }] });
  ann = world.user('ann');
  bot = await startSlackBot(world, desk);
});
beforeEach(() => desk.clear());
afterAll(async () => {
  await bot.stop();
  await world.stop();
});

const publications = () => world.homes.get(ann.id)?.length ?? 0;
const tries = () => world.calls.filter((method) => method === 'views.publish').length;

describe('[2.1] the Home tab', () => {
  test('shows what holds each time it is opened', async () => {
    desk.answer = card('Two meetings');
    expect(textOf(await openHome(world, ann))).toContain('Two meetings');
    expect(desk.acts[0]?.act.command).toBe('home.show');
    desk.answer = card('One meeting');
    expect(textOf(await openHome(world, ann))).toContain('One meeting');
  });

  test('the welcome stays where messages are', async () => {
    const before = publications();
    desk.answer = card('Welcome');
    const next = world.next(ann);
    await world.event({ type: 'app_home_opened', tab: 'messages', user: ann.id, channel: ann.chat });
    expect((await next).kind).toBe('message');
    expect(publications()).toBe(before);
  });

  test('says why it shows nothing to somebody who is refused', async () => {
    desk.answer = note('Rooms are for members');
    expect(textOf(await openHome(world, ann))).toContain('Rooms are for members');
  });

  test('a button is answered by a direct message that stays in step, and the tab is fresh after it', async () => {
    desk.answer = card('Home');
    await openHome(world, ann);
    const live = { view: 'booking.host', subject: 'booking:b1', revision: 1, data: {} };
    desk.answer = { kind: 'card', card: { layout: 'booking', tone: 'good', title: '#1001' }, live };
    const before = publications();
    const shown = await clickHome(world, ann, 'Open');
    expect(shown.kind === 'message' && textOf(shown.message)).toContain('#1001');
    expect(desk.acts.at(1)?.act).toEqual({ command: 'booking.show', data: { booking: 'b1' }, values: {} });
    await eventually(async () => {
      expect(desk.shown).toMatchObject([{ conversation: ann.chat }]);
      expect([publications(), desk.acts.at(-1)?.act.command]).toEqual([before + 1, 'home.show']);
    });
  });

  test('a sentence is a direct message too, and the tab stays as it is', async () => {
    desk.answer = card('Home');
    await openHome(world, ann);
    desk.answer = note('Out of date');
    const before = publications();
    const shown = await clickHome(world, ann, 'Open');
    expect(shown.kind === 'message' && textOf(shown.message)).toContain('Out of date');
    expect([publications(), textOf(homeOf(world, ann))]).toEqual([before, expect.stringContaining('Home')]);
  });

  test('a form opens over it, and the tab is fresh once it is sent', async () => {
    desk.answer = card('Home');
    await openHome(world, ann);
    const field = { kind: 'text' as const, name: 'topic', label: 'Topic' };
    desk.answer = {
      kind: 'form',
      form: {
        layout: 'form',
        title: 'Defaults',
        command: 'defaults.save',
        submit: 'Save',
        cancel: 'Back',
        data: { token: 't1' },
        fields: [field],
      },
    };
    expect((await clickHome(world, ann, 'Open')).kind).toBe('view');
    desk.answer = card('Saved');
    const sent = await world.submit(ann, { topic: 'x' });
    expect(textOf(sent)).toContain('Saved');
    await eventually(async () => expect(textOf(homeOf(world, ann))).toContain('Saved'));
  });

  test('what a button asks for first is answered in the form', async () => {
    const asking = {
      ...button,
      ask: {
        title: 'Late',
        submit: 'Tell',
        cancel: 'Back',
        fields: [{ kind: 'text' as const, name: 'words', label: 'Words' }],
      },
    };
    desk.answer = card('Home', { actions: [asking] });
    await openHome(world, ann);
    expect((await clickHome(world, ann, 'Open')).kind).toBe('view');
    desk.answer = card('Told');
    expect(textOf(await world.submit(ann, { words: 'Traffic' }))).toContain('Told');
    expect(desk.acts.at(1)?.act).toMatchObject({ command: 'booking.show', values: { words: 'Traffic' } });
  });

  test('that Slack did not take for now is published afresh when it does', async () => {
    world.fail({ method: 'views.publish', status: 429, error: 'ratelimited', retryAfter: 1 });
    desk.answer = card('Stale');
    const before = tries();
    await sendHomeOpened(world, ann);
    await eventually(async () => expect(tries()).toBe(before + 1));
    desk.answer = card('Fresh');
    // Opened again meanwhile: it waits for its turn.
    await sendHomeOpened(world, ann);
    await eventually(async () => expect(textOf(homeOf(world, ann))).toContain('Fresh'));
    expect([tries(), buttonsOf(homeOf(world, ann)).length]).toEqual([before + 2, 1]);
  });
});
