/*
 * Loaded into the program under test ahead of everything else: shifts its wall clock, as somebody would who sets the
 * machine's. Timers and `performance.now` go on as they are, as they do on a real machine.
 */

const wall = Date.now.bind(Date);
let offset = Number(process.env.CLOCK_OFFSET ?? 0);
const now = (): number => wall() + offset;

globalThis.Date = new Proxy(Date, {
  construct: (target, args, as) => Reflect.construct(target, args.length === 0 ? [now()] : args, as),
  apply: (target) => new target(now()).toString(),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
});

process.on('message', (to: number) => {
  offset = to;
  process.send?.(to);
});
// Or the program would not end while it could be told the time.
process.channel?.unref();
