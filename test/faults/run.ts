import { createChance } from './chance.ts';
import { checkAnswers } from './checks/answers.ts';
import { checkCourses } from './checks/courses.ts';
import { checkFiles } from './checks/files.ts';
import { checkMail } from './checks/mail.ts';
import { checkMessages } from './checks/messages.ts';
import { checkEnough, checkProcess } from './checks/process.ts';
import { checkRecord } from './checks/record.ts';
import { checkSlots } from './checks/slots.ts';
import { loadFacts } from './facts.ts';
import { injectFaults } from './faults.ts';
import { createLedger } from './ledger.ts';
import { readChats, runLoad } from './load.ts';
import { startPace } from './pace.ts';
import { drawPlan } from './plan.ts';
import { createReport } from './report.ts';
import { settle } from './settle.ts';
import { postOverWeeks } from './weeks.ts';
import { createWorld } from './world.ts';

/*
 * `npm run test:faults`: the program as a process of its own, people on both platforms who use it, and everything that
 * can fail failing; then it is looked whether all that people were told is true. `SEED` chooses the run, `LOAD_SECONDS`
 * or `MINUTES` how long people go on.
 */

const seed = process.env.SEED ?? String(Date.now() % 1_000_000);
const seconds = process.env.MINUTES
  ? Number(process.env.MINUTES) * 60
  : Number(process.env.LOAD_SECONDS ?? 75);

const report = createReport(seed, seconds);
const chance = createChance(seed);
const plan = drawPlan(chance, seconds);
const ledger = createLedger();
const world = await createWorld(chance);
const leave = async () => {
  await world.bot.rest();
  await world.remove();
};
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void leave().finally(() => process.exit(130)));

try {
  await world.bot.watchOver();
  await Promise.all(
    [...world.hosts, ...world.reviewers].flatMap(({ teams }) => (teams ? [world.teams.install(teams)] : [])),
  );
  report.say(`the program is up; people begin, ${plan.steps.length} things to do`);

  const progress = report.follow(
    () =>
      `${ledger.counts.requests} requests, ${world.slack.posted.length + world.teams.all.length} messages`,
  );
  const pace = startPace(world.bot.isUp);
  const [injected] = await Promise.all([
    injectFaults(world, plan, pace, report.say),
    runLoad(world, plan, pace, chance.of('load'), ledger),
  ]);
  clearInterval(progress);
  pace.stop();

  report.say('all is well again; waiting for what is still to be told');
  const owed = await settle(world, report.say);
  const messages = readChats(world, ledger);
  await world.bot.rest();
  const facts = await loadFacts(world.disk.databasePath);
  report.figures({ world, injected, ledger, facts, messages });
  const checks = [
    ...checkAnswers(facts, ledger),
    ...checkCourses(facts, ledger),
    ...checkSlots(facts),
    ...checkMessages(facts, world, owed),
    ...checkMail(facts, world),
    ...(await checkFiles(facts, world)),
    ...(await checkRecord(facts, world.disk.databasePath)),
  ];
  report.say('weeks go by');
  const posts = await postOverWeeks(world, chance.of('weeks'));
  const lastExit = await world.bot.rest();
  report.checks([
    ...checks,
    posts,
    ...checkProcess(world, injected, lastExit),
    checkEnough(injected, ledger, plan),
  ]);
} catch (cause) {
  report.broken(cause);
} finally {
  await leave();
}
process.exit(report.failed() > 0 ? 1 : 0);
