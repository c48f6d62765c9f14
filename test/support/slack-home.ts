import type { types } from '@slack/bolt';
import { eventually } from './eventually.ts';
import { buttonsOf, type Shown, type SlackUser, type SlackWorld } from './slack.ts';

/** What somebody's Home tab shows. */
export type SlackHome = { blocks: types.KnownBlock[] };

const published = (world: SlackWorld, user: SlackUser): types.HomeView[] => world.homes.get(user.id) ?? [];

/** What somebody's Home tab shows now. @throws where nothing was published yet */
export function homeOf(world: SlackWorld, user: SlackUser): SlackHome {
  const view = published(world, user).at(-1);
  if (!view) throw new Error(`${user.name} has nothing in the Home tab`);
  return { blocks: view.blocks as types.KnownBlock[] };
}

/** Opens the Home tab, as Slack tells of it. */
export const sendHomeOpened = (world: SlackWorld, user: SlackUser) =>
  world.event({ type: 'app_home_opened', tab: 'home', user: user.id, channel: user.chat });

/** Opens the Home tab, and waits for what it then shows. */
export async function openHome(world: SlackWorld, user: SlackUser): Promise<SlackHome> {
  const before = published(world, user).length;
  await sendHomeOpened(world, user);
  return eventually(async () => {
    if (published(world, user).length === before) throw new Error('the Home tab was not published');
    return homeOf(world, user);
  });
}

/** Presses a button of the Home tab; what it leads to. */
export async function clickHome(world: SlackWorld, user: SlackUser, label: string): Promise<Shown> {
  const button = buttonsOf(homeOf(world, user)).find((it) => it.text.text === label);
  if (!button) throw new Error(`no button "${label}" in the Home tab`);
  const clicked = world.interaction(user, {
    type: 'block_actions',
    container: { type: 'view', view_id: 'V1' },
    view: { id: 'V1', type: 'home' },
    actions: [{ ...button, block_id: 'b', action_ts: '1' }],
  });
  const [shown, { status }] = await Promise.all([world.next(user), clicked]);
  if (status !== 200) throw new Error(`the bot answered ${status}`);
  return shown;
}
