import { afterAll, beforeAll, beforeEach, expect } from '@jest/globals';
import type { Config } from '../../src/config.ts';
import type { Program } from '../support/program.ts';
import { createPressing, type Pressing } from './pressing.ts';
import { openStage, type Stage } from './stage.ts';

/** All that a test of old cards works with: everybody by name, their two platforms, and Ann's and Tom's bookings. */
export type Scene = Pressing &
  Stage['slack'] &
  Stage['teams'] &
  Pick<Program, 'slack' | 'teams' | 'day' | 'query'> & {
    stage: Stage;
    program: Program;
    hers: string;
    his: string;
    /** Of all bookings in the order in which they were made: `requested`, `approved` … */
    states(): string[];
  };

/**
 * Opens the stage for the tests of one file, and gives what makes them: `commands` are those that a test sends from
 * cards and forms that things have overtaken, on both platforms. It fails where it does not send them all;
 * `stale-commands.test.ts` finds in these lists what no test sends.
 */
export function staleCards(settings?: Partial<Config>) {
  let stage: Stage;
  let pressing: Pressing;

  beforeAll(async () => {
    stage = await openStage(null, settings);
    pressing = createPressing(stage);
    const { mallory } = stage.slack;
    // So that they have a message from which they can send what they have stolen.
    await stage.program.slack.command(mallory, '/help', mallory.chat);
    await stage.program.teams.say(stage.teams.mallet, '/help');
  });
  beforeEach(() => stage.forget());
  afterAll(async () => {
    pressing.close();
    await stage.stop();
  });

  return (commands: readonly string[], body: (scene: Scene) => Promise<void>) => async () => {
    pressing.pressed.clear();
    await body(sceneOf(stage, pressing));
    const both = commands.flatMap((command) => [`${command} in Slack`, `${command} in Teams`]);
    expect(both.filter((it) => !pressing.pressed.has(it))).toEqual([]);
  };
}

function sceneOf(stage: Stage, pressing: Pressing): Scene {
  const { program } = stage;
  const { slack, teams, day, query } = program;
  const [hers = '', his = ''] = query<{ id: string }>('SELECT id FROM booking ORDER BY number').map(
    (it) => it.id,
  );
  const states = () =>
    query<{ state: string }>("SELECT state ->> 'kind' AS state FROM booking ORDER BY number").map(
      (it) => it.state,
    );
  return {
    ...pressing,
    ...stage.slack,
    ...stage.teams,
    slack,
    teams,
    day,
    query,
    stage,
    program,
    hers,
    his,
    states,
  };
}
