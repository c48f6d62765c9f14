import { expect, test } from '@jest/globals';
import { startSlack, textOf } from '../../../test/support/slack.ts';
import { createDesk, note, startSlackBot } from '../../../test/support/slack-bot.ts';
import { startSocket } from '../../../test/support/slack-socket.ts';

test('[2.1] with an app token the bot connects by itself, answers the same, and leaves when told to', async () => {
  const world = await startSlack({ people: [{ name: 'ann' }] });
  const socket = await startSocket();
  world.offerSocket(socket.url);
  const desk = createDesk();
  desk.answer = note('Over the socket');
  const bot = await startSlackBot(world, desk, { config: { ...world.config, appToken: 'xapp-test' } });
  expect(bot.slack.router).toBeNull();

  const ann = world.user('ann');
  const next = world.next(ann);
  const command = {
    command: '/rules',
    text: '',
    team_id: world.team,
    user_id: ann.id,
    trigger_id: '1',
    response_url: `${world.config.apiUrl?.replace('/api', '')}/responses/${ann.id}/C1/`,
  };
  expect(await socket.send('slash_commands', command)).toEqual({});
  expect(textOf(await next)).toContain('Over the socket');
  expect(desk.said.map((it) => it.text)).toEqual(['rules']);

  const foreign = await socket.send('slash_commands', { ...command, team_id: 'TFOREIGN' });
  expect(textOf(foreign)).toContain('its own organisation');
  expect(desk.said).toHaveLength(1);

  await bot.stop();
  await socket.left;
  await socket.stop();
  await world.stop();
});
