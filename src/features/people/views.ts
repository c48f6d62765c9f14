import type { Instant } from '../../core/clock.ts';
import type { PersonId } from '../../core/ids.ts';
import { type Role, roles } from '../../core/rights.ts';
import type { Card, Form } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import { languages } from '../../i18n/translate.ts';

export function languageCard(reader: Reader): Card {
  return {
    layout: 'notice',
    tone: 'neutral',
    title: reader.t('people.language.title'),
    text: [reader.t('people.language.text')],
    actions: languages.map((language) => ({
      kind: 'command',
      // Each in its own tongue, so that it is found by those who can't read the card.
      label: reader.t(`people.languages.${language}`),
      command: 'people.setLanguage',
      data: { language },
      ...(language === reader.language ? { style: 'primary' as const } : {}),
    })),
  };
}

export type Holder = { person: PersonId; name: string; role: Role; since: Instant };

export function rolesCard(reader: Reader, holders: readonly Holder[], configured: readonly string[]): Card {
  return {
    layout: 'list',
    tone: 'neutral',
    title: reader.t('people.roles.title'),
    text: [
      reader.t('people.roles.text'),
      ...(configured.length > 0
        ? [reader.t('people.roles.configured', { names: reader.list(configured) })]
        : []),
    ],
    rows: holders.map((holder) => ({
      title: holder.name,
      text: reader.t('people.roles.holds', {
        role: reader.t(`people.role.${holder.role}`),
        since: { instant: holder.since },
      }),
      actions: [
        {
          kind: 'command',
          label: reader.t('people.roles.take'),
          command: 'people.takeRole',
          data: { person: holder.person, role: holder.role },
          style: 'danger',
          confirm: {
            title: reader.t('people.roles.take'),
            text: reader.t('people.roles.takeConfirm', {
              name: holder.name,
              role: reader.t(`people.role.${holder.role}`),
            }),
            yes: reader.t('people.roles.take'),
            no: reader.t('common.no'),
          },
        },
      ],
    })),
    actions: [
      {
        kind: 'command',
        label: reader.t('people.roles.give'),
        command: 'people.roleForm',
        data: {},
        style: 'primary',
        answer: 'new',
      },
    ],
  };
}

export function roleForm(reader: Reader, token: string): Form {
  return {
    layout: 'form',
    title: reader.t('people.roles.give'),
    command: 'people.giveRole',
    submit: reader.t('people.roles.give'),
    cancel: reader.t('common.cancel'),
    data: { token },
    fields: [
      { kind: 'people', name: 'people', label: reader.t('people.roles.who'), required: true, multiple: true },
      {
        kind: 'choice',
        name: 'role',
        label: reader.t('people.roles.role'),
        required: true,
        options: roles.map((role) => ({ value: role, label: reader.t(`people.role.${role}`) })),
      },
    ],
  };
}
