import type { Action, Card, CommandAction } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import type { ApprovalRule } from './approval.ts';
import { button, pageButtons, ruleRow } from './views.ts';
import type { RoomLabels } from './words.ts';

const pageSize = 5;

/** The rules of approval in order (2.2), for admins with what changes them. `base`: the version that they are of. */
export function approvalCard(
  reader: Reader,
  it: {
    approval: readonly ApprovalRule[];
    base: number;
    rooms: RoomLabels;
    page: number;
    admin: boolean;
    text?: string[];
    banner?: Card['banner'];
  },
): Card {
  const { approval } = it;
  const pages = Math.max(1, Math.ceil(approval.length / pageSize));
  const page = Math.min(it.page, pages);
  const first = (page - 1) * pageSize;
  const changing = (rule: ApprovalRule, place: number): Action[] => {
    const data = { base: String(it.base), rule: rule.name, page: String(page) };
    const move = (to: 'up' | 'down') =>
      button(reader.t(`rules.button.${to}`), 'rules.move', { ...data, to }, { answer: 'here' });
    return [
      ...(place > 1 ? [move('up')] : []),
      ...(place < approval.length ? [move('down')] : []),
      button(reader.t('rules.button.edit'), 'rules.editRule', { rule: rule.name }),
      removeButton(reader, rule, data),
    ];
  };
  return {
    layout: 'list',
    tone: 'neutral',
    title: reader.t('rules.approval.title'),
    ...(it.banner && { banner: it.banner }),
    text: [
      ...(it.text ?? []),
      reader.t(approval.length === 0 ? 'rules.approval.none' : 'rules.approval.text'),
    ],
    rows: approval.slice(first, first + pageSize).map((rule, index) => {
      const place = first + index + 1;
      return {
        ...ruleRow(reader, rule, place, it.rooms),
        ...(it.admin && { actions: changing(rule, place) }),
      };
    }),
    actions: [
      ...pageButtons(reader, { page, pages, command: 'rules.approval' }),
      ...(it.admin ? [button(reader.t('rules.button.add'), 'rules.addRule', {}, { style: 'primary' })] : []),
      button(reader.t('rules.button.rules'), 'rules.show'),
    ],
    ...(pages > 1 && { footnote: reader.t('common.page', { page, pages }) }),
  };
}

const removeButton = (reader: Reader, { name }: ApprovalRule, data: Record<string, string>): CommandAction =>
  button(reader.t('rules.button.remove'), 'rules.removeRule', data, {
    answer: 'here',
    style: 'danger',
    confirm: {
      title: reader.t('rules.button.remove'),
      text: reader.t('rules.approval.removeConfirm', { rule: name }),
      yes: reader.t('rules.button.remove'),
      no: reader.t('common.no'),
    },
  });
