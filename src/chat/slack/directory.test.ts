import { describe, expect, test } from '@jest/globals';
import { profileOf } from './directory.ts';

const user = {
  id: 'U1',
  team_id: 'T1',
  name: 'ann',
  profile: { email: 'ann@example.org', real_name: 'Ann' },
};

describe('[3.1] full members only', () => {
  test.each<[string, object, string]>([
    ['a member', {}, 'member'],
    [
      'of another workspace of the organisation',
      { team_id: 'T2', enterprise_user: { teams: ['T1'] } },
      'member',
    ],
    ['a guest', { is_restricted: true }, 'guest'],
    ['a guest of one channel', { is_ultra_restricted: true }, 'guest'],
    ['invited and not yet here', { is_invited_user: true }, 'guest'],
    ['a stranger', { is_stranger: true }, 'external'],
    ['of another organisation, in a shared channel', { team_id: 'T2' }, 'external'],
    ['a bot', { is_bot: true }, 'bot'],
    ['a workflow', { is_workflow_bot: true }, 'bot'],
    ["Slack's own bot", { id: 'USLACKBOT' }, 'bot'],
  ])('%s', (_, more, kind) => {
    expect(profileOf({ ...user, ...more }, 'T1').kind).toBe(kind);
  });

  test.each<[string, object, string | null]>([
    ['confirmed', { is_email_confirmed: true }, 'ann@example.org'],
    ['not confirmed', { is_email_confirmed: false }, null],
    ["an outsider's", { is_stranger: true }, null],
    ['none', { profile: {} }, null],
  ])('an e-mail address counts only where Slack vouches for it: %s', (_, more, email) => {
    expect(profileOf({ ...user, ...more }, 'T1').email).toBe(email);
  });
});
