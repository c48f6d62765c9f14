import { z } from 'zod';
import { command, type Feature, type Scope } from '../../core/feature.ts';
import { type PersonId, personSubject } from '../../core/ids.ts';
import { roles } from '../../core/rights.ts';
import type { Answer } from '../../core/view.ts';
import { record } from '../../db/audit.ts';
import { createReader } from '../../i18n/reader.ts';
import { languages } from '../../i18n/translate.ts';
import { departmentCommands } from './departments.ts';
import type { Directory } from './directory.ts';
import { giveRole, roleHolders, takeRole } from './roles.ts';
import { namesOf, setLanguage } from './store.ts';
import { refuseStrangers } from './strangers.ts';
import { languageCard, roleForm, rolesCard } from './views.ts';

export * from './belonging.ts';
export * from './directory.ts';
export * from './last-used.ts';
export * from './named.ts';
export * from './roles.ts';
export * from './store.ts';
export * from './strangers.ts';

const personId = z.string().transform((id) => id as PersonId);

/** Language and roles: `/language`, `/roles`. */
export function createPeople(directory: Directory): Feature {
  const showRoles = async ({ tx, reader }: Scope, remark?: string): Promise<Answer> => {
    const admins = await directory.admins(tx);
    const configured: PersonId[] = [];
    for (const admin of admins) if (await directory.isConfiguredAdmin(tx, admin)) configured.push(admin);
    const names = await namesOf(tx, configured);
    const card = rolesCard(reader, await roleHolders(tx), [...names.values()]);
    return { kind: 'card', card: remark ? { ...card, banner: { tone: 'warning', text: remark } } : card };
  };

  return {
    name: 'people',
    words: {
      language: (rest) =>
        rest
          ? { command: 'people.setLanguage', input: { language: rest } }
          : { command: 'people.language', input: {} },
      roles: () => ({ command: 'people.roles', input: {} }),
      departments: () => ({ command: 'people.departments', input: {} }),
    },
    commands: {
      ...departmentCommands,
      'people.language': command({
        right: 'member',
        input: z.object({}),
        acts: false,
        handle: async ({ reader }) => ({ kind: 'card', card: languageCard(reader) }),
      }),
      'people.setLanguage': command({
        right: 'member',
        input: z.object({ language: z.string() }),
        acts: true,
        async handle({ tx, actor, reader, now }, input) {
          const language = languages.find((it) => it.toLowerCase() === input.language.toLowerCase());
          if (!language) return { kind: 'card', card: languageCard(reader) };
          await setLanguage(tx, actor.person, language);
          const changed = createReader(language, reader.zone, now);
          const text = changed.t('people.language.changed');
          return { kind: 'card', card: { ...languageCard(changed), banner: { tone: 'good', text } } };
        },
      }),
      'people.roles': command({
        right: 'admin',
        input: z.object({}),
        acts: false,
        handle: (context) => showRoles(context),
      }),
      'people.roleForm': command({
        right: 'admin',
        input: z.object({}),
        acts: false,
        handle: async ({ reader, token }) => ({ kind: 'form', form: roleForm(reader, token()) }),
      }),
      'people.giveRole': command({
        right: 'admin',
        input: z.object({ people: z.array(personId).min(1), role: z.enum(roles) }),
        people: ['people'],
        acts: true,
        async handle(context, { people, role }) {
          const { tx, now, actor, reader } = context;
          const stranger = refuseStrangers(context.strangers, 'people');
          if (stranger) return { kind: 'note', tone: 'bad', text: reader.refusal(stranger) };
          let given = 0;
          for (const person of people) {
            if (!(await giveRole(tx, { person, role, by: actor.person, since: now }))) continue;
            given++;
            const subject = personSubject(person);
            await record(tx, { at: now, actor: actor.person, kind: 'role.given', subject, detail: { role } });
          }
          const figures = { role: reader.t(`people.role.${role}`) };
          return showRoles(context, given > 0 ? undefined : reader.t('people.roles.heldAlready', figures));
        },
      }),
      'people.takeRole': command({
        right: 'admin',
        input: z.object({ person: personId, role: z.enum(roles) }),
        acts: true,
        async handle(context, { person, role }) {
          const { tx, now, actor, reader } = context;
          if (await takeRole(tx, person, role)) {
            const subject = personSubject(person);
            await record(tx, { at: now, actor: actor.person, kind: 'role.taken', subject, detail: { role } });
            return showRoles(context);
          }
          const name = (await namesOf(tx, [person])).get(person);
          if (name === undefined) return { kind: 'note', tone: 'bad', text: reader.t('common.stale') };
          const figures = { name, role: reader.t(`people.role.${role}`) };
          return showRoles(context, reader.t('people.roles.notHeld', figures));
        },
      }),
    },
  };
}
