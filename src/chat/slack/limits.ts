import type { types } from '@slack/bolt';

/** Slack's limits, from its Block Kit reference; lengths in UTF-16 units, which never undercounts. */
export const limits = {
  messageBlocks: 50,
  viewBlocks: 100,
  /** All texts of a message's blocks together. Not documented: messages were seen refused from 11,300 up. */
  messageTexts: 9000,
  viewBytes: 250_000,
  fallback: 4000,
  text: 3000,
  header: 150,
  context: 10,
  actions: 25,
  buttonLabel: 75,
  buttonValue: 2000,
  url: 3000,
  actionId: 255,
  blockId: 255,
  altText: 2000,
  inputLabel: 2000,
  hint: 2000,
  placeholder: 150,
  inputText: 3000,
  options: 100,
  optionGroups: 100,
  optionText: 75,
  optionValue: 150,
  checkboxes: 10,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  viewTitle: 24,
  viewButton: 24,
  privateMetadata: 3000,
  callbackId: 255,
} as const;

type Message = { text: string; blocks: types.KnownBlock[] };
type Element =
  | types.ActionsBlockElement
  | types.InputBlockElement
  | types.ContextBlockElement
  | types.RichTextBlockElement;
type Select = Extract<Element, { options?: unknown }>;

/** One line for each of Slack's limits that a message breaks; none when Slack takes it. */
export function checkMessage(message: Message): string[] {
  const check = collector();
  check.text('text', message.text, limits.fallback);
  check.count('blocks', message.blocks.length, limits.messageBlocks);
  check.most('blocks, all texts', textLength(message.blocks), limits.messageTexts);
  checkBlocks(check, message.blocks);
  return check.problems;
}

/** One line for each of Slack's limits that a modal breaks. */
export function checkView(view: types.ModalView): string[] {
  const check = collector();
  check.plain('title', view.title, limits.viewTitle);
  if (view.submit) check.plain('submit', view.submit, limits.viewButton);
  if (view.close) check.plain('close', view.close, limits.viewButton);
  if (!view.submit && view.blocks.some((block) => block.type === 'input'))
    check.problem('submit', 'missing, but there are inputs');
  check.most('private_metadata', view.private_metadata?.length ?? 0, limits.privateMetadata);
  check.most('callback_id', view.callback_id?.length ?? 0, limits.callbackId);
  check.most('view, bytes', Buffer.byteLength(JSON.stringify(view)), limits.viewBytes);
  check.count('blocks', view.blocks.length, limits.viewBlocks);
  checkBlocks(check, view.blocks as types.KnownBlock[]);
  return check.problems;
}

/** One line for each of Slack's limits that a Home tab breaks. */
export function checkHome(view: types.HomeView): string[] {
  const check = collector();
  check.most('view, bytes', Buffer.byteLength(JSON.stringify(view)), limits.viewBytes);
  check.count('blocks', view.blocks.length, limits.viewBlocks);
  checkBlocks(check, view.blocks as types.KnownBlock[]);
  return check.problems;
}

/** The length of everything under a key `text`, however deep. */
export function textLength(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, part]) => sum + (key === 'text' && typeof part === 'string' ? part.length : textLength(part)),
    0,
  );
}

type Collector = ReturnType<typeof collector>;

function collector() {
  const problems: string[] = [];
  const problem = (at: string, what: string) => {
    problems.push(`${at}: ${what}`);
  };
  const most = (at: string, size: number, limit: number) => {
    if (size > limit) problem(at, `${size}, at most ${limit}`);
  };
  const count = (at: string, size: number, limit: number) => {
    if (size === 0) problem(at, 'empty');
    most(at, size, limit);
  };
  const text = (at: string, value: string | undefined, limit: number) => {
    if (!value?.trim()) problem(at, 'empty');
    else most(at, value.length, limit);
  };
  const plain = (at: string, value: types.TextObject | undefined, limit: number) => {
    if (value?.type === 'mrkdwn') problem(at, 'markup where plain text is wanted');
    text(at, value?.text, limit);
  };
  return { problems, problem, most, count, text, plain };
}

function checkBlocks(check: Collector, blocks: types.KnownBlock[]): void {
  const ids = blocks.flatMap((block) => block.block_id ?? []);
  if (new Set(ids).size < ids.length) check.problem('block_id', 'used twice');
  for (const [index, block] of blocks.entries()) {
    const at = `blocks[${index}]`;
    check.most(`${at}.block_id`, block.block_id?.length ?? 0, limits.blockId);
    checkBlock(check, at, block);
  }
}

function checkBlock(check: Collector, at: string, block: types.KnownBlock): void {
  switch (block.type) {
    case 'header':
      check.plain(`${at}.text`, block.text, limits.header);
      break;
    case 'section':
      check.plain(`${at}.text`, block.text, limits.text);
      break;
    case 'context':
      check.count(`${at}.elements`, block.elements.length, limits.context);
      checkElements(check, at, block.elements);
      break;
    case 'actions':
      check.count(`${at}.elements`, block.elements.length, limits.actions);
      checkElements(check, at, block.elements);
      break;
    case 'rich_text':
      check.count(`${at}.elements`, block.elements.length, 1);
      checkElements(check, at, block.elements);
      break;
    case 'image':
      check.text(`${at}.alt_text`, block.alt_text, limits.altText);
      check.text(`${at}.image_url`, 'image_url' in block ? block.image_url : '', limits.url);
      break;
    case 'input':
      check.plain(`${at}.label`, block.label, limits.inputLabel);
      if (block.hint) check.plain(`${at}.hint`, block.hint, limits.hint);
      checkElements(check, at, [block.element]);
      break;
    default:
      check.problem(at, `a block this check does not know: ${block.type}`);
  }
}

function checkElements(check: Collector, at: string, elements: Element[]): void {
  const ids = elements.flatMap((element) => ('action_id' in element && element.action_id) || []);
  if (new Set(ids).size < ids.length) check.problem(`${at}.action_id`, 'used twice in a block');
  for (const [index, element] of elements.entries()) {
    const here = `${at}.elements[${index}]`;
    if ('action_id' in element)
      check.most(`${here}.action_id`, element.action_id?.length ?? 0, limits.actionId);
    if ('placeholder' in element && element.placeholder)
      check.plain(`${here}.placeholder`, element.placeholder, limits.placeholder);
    checkElement(check, here, element);
  }
}

function checkElement(check: Collector, at: string, element: Element): void {
  switch (element.type) {
    case 'button':
      check.plain(`${at}.text`, element.text, limits.buttonLabel);
      check.most(`${at}.value`, element.value?.length ?? 0, limits.buttonValue);
      check.most(`${at}.url`, element.url?.length ?? 0, limits.url);
      if (element.confirm) checkConfirm(check, `${at}.confirm`, element.confirm);
      break;
    case 'plain_text':
      check.plain(at, element, limits.text);
      break;
    case 'rich_text_section':
      check.count(`${at}.elements`, element.elements.length, 100);
      for (const part of element.elements)
        if (part.type === 'text') check.text(`${at}.text`, part.text, limits.text);
        else check.problem(at, `a rich text element this check does not know: ${part.type}`);
      break;
    case 'static_select':
    case 'multi_static_select':
    case 'checkboxes':
      checkOptions(check, at, element);
      break;
    case 'plain_text_input': {
      const most = element.max_length ?? limits.inputText;
      check.most(`${at}.initial_value`, element.initial_value?.length ?? 0, most);
      check.most(`${at}.max_length`, most, limits.inputText);
      break;
    }
    case 'external_select':
      if (element.initial_option) checkOption(check, `${at}.initial_option`, element.initial_option);
      break;
    case 'datepicker':
    case 'number_input':
    case 'users_select':
    case 'multi_users_select':
      break;
    default:
      check.problem(at, `an element this check does not know: ${element.type}`);
  }
}

function checkConfirm(check: Collector, at: string, confirm: types.ConfirmationDialog): void {
  check.plain(`${at}.title`, confirm.title, limits.confirmTitle);
  check.plain(`${at}.text`, confirm.text, limits.confirmText);
  check.plain(`${at}.confirm`, confirm.confirm, limits.confirmButton);
  check.plain(`${at}.deny`, confirm.deny, limits.confirmButton);
}

function checkOptions(check: Collector, at: string, element: Select): void {
  const groups = 'option_groups' in element ? (element.option_groups ?? []) : [];
  check.most(`${at}.option_groups`, groups.length, limits.optionGroups);
  const lists = groups.length > 0 ? groups.map((group) => group.options) : [element.options ?? []];
  for (const group of groups) check.plain(`${at}.option_groups.label`, group.label, limits.optionText);
  for (const options of lists) {
    check.count(
      `${at}.options`,
      options.length,
      element.type === 'checkboxes' ? limits.checkboxes : limits.options,
    );
    for (const option of options) checkOption(check, `${at}.options`, option);
  }
}

function checkOption(check: Collector, at: string, option: types.Option): void {
  check.plain(`${at}.text`, option.text, limits.optionText);
  check.text(`${at}.value`, option.value, limits.optionValue);
  if (option.description) check.plain(`${at}.description`, option.description, limits.optionText);
}
