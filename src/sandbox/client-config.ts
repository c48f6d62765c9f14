import { type Member, tenant } from './people.ts';

export const bot = { id: 'a1b5c0de-0000-4000-8000-000000000b07', name: 'Meeting rooms' };

const userOf = ({ id, name, givenName, surname, email }: Member) => ({
  id,
  // The same, so that who is chosen in a people picker and who writes have one name.
  aadObjectId: id,
  name,
  givenName,
  surname,
  email,
  // The client's own spelling.
  userPrincipleName: email,
});

/** The local client's configuration for one person, as YAML (of which JSON is a part). */
export const clientConfig = (member: Member, colleagues: readonly Member[]): string =>
  JSON.stringify(
    {
      version: '0.1.1',
      tenantId: tenant,
      bot,
      currentUser: userOf(member),
      users: colleagues.map(userOf),
      personalChat: { id: `chat-${member.id}` },
      groupChat: { id: `group-${member.id}`, name: 'Group' },
      team: {
        id: `team-${member.id}`,
        name: 'Team',
        aadGroupId: `team-${member.id}`,
        channels: [{ id: `general-${member.id}`, name: 'General' }],
      },
    },
    null,
    2,
  );
