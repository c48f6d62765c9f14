import type { Skew } from './ask.ts';
import { aside, type Finding, right, wrong } from './report.ts';

/** Requests are refused at five minutes; long before that something is wrong with the clock. */
const mostMs = 60_000;

/** Our clock against those of the hosts that have been asked. */
export function examineClock(skews: readonly Skew[]): Finding {
  const [worst] = skews.toSorted((one, other) => Math.abs(other.ms) - Math.abs(one.ms));
  if (!worst) return aside('Clock: nobody has answered whose clock it could be compared with');
  const seconds = Math.round(Math.abs(worst.ms) / 1_000);
  if (Math.abs(worst.ms) <= mostMs) return right(`Clock: within ${Math.max(1, seconds)} s of ${worst.host}`);
  const way = worst.ms > 0 ? 'behind' : 'ahead of';
  return wrong(
    `Clock: ${seconds} s ${way} ${worst.host}; at 300 s Slack’s requests are refused`,
    'Let the machine set its clock by the network: timedatectl set-ntp true.',
  );
}
