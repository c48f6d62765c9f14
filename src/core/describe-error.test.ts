import { expect, test } from '@jest/globals';
import { describeError, traceError } from './describe-error.ts';
import { Unreachable } from './errors.ts';

test.each([
  [new Error('xoxb-1 was sent "hello"'), 'Error'],
  [new Unreachable('someone@example.com'), 'Unreachable'],
  [
    Object.assign(new Error('no'), { code: 'slack_webapi_platform_error' }),
    'Error slack_webapi_platform_error',
  ],
  [
    Object.assign(new Error('no'), { code: 'ENOTFOUND', statusCode: 502, status: 502 }),
    'Error ENOTFOUND 502',
  ],
  [Object.assign(new Error('no'), { code: 'a whole sentence that somebody wrote' }), 'Error'],
  ['hello', 'thrown string'],
  [null, 'thrown object'],
  [{ code: 'SQLITE_FULL', message: 'somebody wrote this' }, 'thrown object SQLITE_FULL'],
])('an error is described without its message (%#)', (cause, described) => {
  expect(describeError(cause)).toBe(described);
});

test('a trace shows where, not what was said', () => {
  const trace = traceError(new TypeError('hello\n    world'));
  expect(trace.error).toBe('TypeError');
  expect(trace.at[0]).toMatch(/describe-error\.test\.ts/);
  expect(JSON.stringify(trace)).not.toContain('hello');
});
