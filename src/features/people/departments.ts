import { z } from 'zod';
import { type CommandDef, command, type Scope } from '../../core/feature.ts';
import { type PersonId, personSubject } from '../../core/ids.ts';
import type { Answer, Card, Form } from '../../core/view.ts';
import { record } from '../../db/audit.ts';
import type { Reader } from '../../i18n/reader.ts';
import { departmentMembers, departments, setDepartment } from './belonging.ts';

import { refuseStrangers } from './strangers.ts';

const nameLength = 60;
const shownDepartments = 15;
const shownNames = 8;

/** `/departments`, for admins: who belongs where, which rules of approval may go by (2.2). */
export const departmentCommands: Record<string, CommandDef> = {
  'people.departments': command({
    right: 'admin',
    input: z.object({}),
    acts: false,
    handle: (context) => show(context),
  }),
  'people.departmentForm': command({
    right: 'admin',
    input: z.object({}),
    acts: false,
    handle: async ({ tx, reader, token }) => ({
      kind: 'form',
      form: departmentForm(reader, token(), await departments(tx)),
    }),
  }),
  'people.setDepartment': command({
    right: 'admin',
    input: z.object({
      token: z.string(),
      people: z.array(z.string().transform((id) => id as PersonId)).default([]),
      department: z.string().default(''),
    }),
    people: ['people'],
    acts: true,
    async handle(context, { token, people, department }) {
      const { tx, now, actor, reader } = context;
      const refused = (problems: { people?: string; department?: string }): Answer => ({
        kind: 'invalid',
        form: departmentForm(reader, token, [], { people, department, problems }),
      });
      const stranger = refuseStrangers(context.strangers, 'people');
      if (stranger) return refused({ people: reader.refusal(stranger) });
      if (people.length === 0) return refused({ people: reader.t('people.departments.wrong.people') });
      const name = department.trim().replaceAll(/\s+/g, ' ');
      if ([...name].length > nameLength)
        return refused({ department: reader.t('people.departments.wrong.name', { most: nameLength }) });
      // One department is one, however it is typed.
      const known = (await departments(tx)).find((it) => it.toLowerCase() === name.toLowerCase());
      const after = name === '' ? null : (known ?? name);
      for (const person of people) {
        const before = await setDepartment(tx, person, after);
        const subject = personSubject(person);
        const detail = { before, after };
        await record(tx, { at: now, actor: actor.person, kind: 'department.set', subject, detail });
      }
      return show(context);
    },
  }),
};

async function show({ tx, reader }: Scope): Promise<Answer> {
  const byName = Map.groupBy(await departmentMembers(tx), (it) => it.department);
  const rows = [...byName].slice(0, shownDepartments).map(([department, members]) => ({
    title: department,
    text: reader.list(members.slice(0, shownNames).map((it) => it.name)),
    badge: reader.t('people.departments.count', { count: members.length }),
  }));
  const card: Card = {
    layout: 'list',
    tone: 'neutral',
    title: reader.t('people.departments.title'),
    text: [reader.t('people.departments.text')],
    rows,
    ...(byName.size > rows.length
      ? { footnote: reader.t('people.departments.more', { count: byName.size - rows.length }) }
      : {}),
    actions: [
      {
        kind: 'command',
        label: reader.t('people.departments.assign'),
        command: 'people.departmentForm',
        data: {},
        style: 'primary',
        answer: 'new',
      },
    ],
  };
  return { kind: 'card', card };
}

function departmentForm(
  reader: Reader,
  token: string,
  known: readonly string[],
  typed?: { people: PersonId[]; department: string; problems: { people?: string; department?: string } },
): Form {
  const { people: wrongPeople, department: wrongName } = typed?.problems ?? {};
  return {
    layout: 'form',
    title: reader.t('people.departments.assign'),
    command: 'people.setDepartment',
    submit: reader.t('people.departments.assign'),
    cancel: reader.t('common.cancel'),
    data: { token },
    fields: [
      {
        kind: 'people',
        name: 'people',
        label: reader.t('people.roles.who'),
        required: true,
        multiple: true,
        ...(typed ? { value: typed.people } : {}),
        ...(wrongPeople ? { error: wrongPeople } : {}),
      },
      {
        kind: 'text',
        name: 'department',
        label: reader.t('people.departments.department'),
        hint: reader.t('people.departments.hint', { known: known.slice(0, shownNames).join(', ') || '–' }),
        maxLength: nameLength,
        ...(typed ? { value: typed.department } : {}),
        ...(wrongName ? { error: wrongName } : {}),
      },
    ],
  };
}
