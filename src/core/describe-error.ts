import { isNativeError } from 'node:util/types';

const machineWord = /^[\w.:-]{1,60}$/;

/**
 * What may be kept and logged of a failure: the error's name and its codes. Never its message, which can
 * hold what people wrote, addresses and tokens.
 */
export function describeError(cause: unknown): string {
  // What another thread has thrown arrives without its class.
  if (typeof cause !== 'object' || cause === null) return `thrown ${typeof cause}`;
  const name = isNativeError(cause) ? nameOf(cause) : 'thrown object';
  const codes = ['code', 'statusCode', 'status'].flatMap((field) => {
    const value: unknown = Reflect.get(cause, field);
    return machineWord.test(`${value ?? ''}`) ? [`${value}`] : [];
  });
  return [name, ...new Set(codes)].join(' ');
}

const nameOf = (it: Error): string => (it.constructor.name === 'Error' ? it.name : it.constructor.name);

/** For logs: the description with the places in our code that it came from. */
export function traceError(cause: unknown): { error: string; at: string[] } {
  const stack = isNativeError(cause) ? (cause.stack ?? '') : '';
  const at = stack.split('\n').filter((line) => /^\s+at /.test(line));
  return { error: describeError(cause), at: at.slice(0, 8).map((line) => line.trim()) };
}
