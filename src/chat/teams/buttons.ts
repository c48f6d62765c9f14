import type { Action, CommandAction, Form } from '../../core/view.ts';
import { type ButtonData, carry } from './action-data.ts';
import { fieldElements, type InputOptions, valueKinds } from './inputs.ts';
import { type CardJson, isWebAddress, maxButtons } from './limits.ts';
import { lines, literal } from './text.ts';

export type ButtonOptions = InputOptions & {
  /** A new token for a button: a double click on it acts once. */
  token(): string;
  /** A new prefix for the inputs of an unfolding form, unlike all others in the card. */
  prefix(): string;
};

/** As many buttons as fit, the rest in the overflow menu; in a list of zero or one sets, as templates want it. */
export function actionSets(
  actions: readonly Action[] | undefined,
  options: ButtonOptions,
): { actions: CardJson[] }[] {
  const all = (actions ?? []).slice(0, mostActions).flatMap((action) => button(action, options));
  const open = all.length > maxButtons ? maxButtons - 1 : maxButtons;
  const placed = all.map((action, index) => (index < open ? action : { ...action, mode: 'secondary' }));
  return placed.length > 0 ? [{ actions: placed }] : [];
}

const mostActions = 20;
const mostLetters = 60;

/** The two buttons under a form. Cancel asks for nothing, so that it works with required fields left empty. */
export const formActions = (form: Form, prefix: string, options: InputOptions): { actions: CardJson[] }[] => [
  {
    actions: [
      execute(
        form.submit,
        {
          command: form.command,
          data: form.data,
          token: form.data.token,
          prefix,
          kinds: valueKinds(form.fields),
        },
        { style: 'positive' },
      ),
      {
        type: 'Action.Execute',
        title: literal(form.cancel, mostLetters),
        verb: 'dismiss',
        associatedInputs: 'none',
        data: carry({ dismiss: options.reader.language }),
      },
    ],
  },
];

function button(action: Action, options: ButtonOptions): CardJson[] {
  if (action.kind === 'link')
    return isWebAddress(action.url)
      ? [{ type: 'Action.OpenUrl', title: literal(action.label, mostLetters), url: action.url }]
      : [];
  return [
    action.ask || action.confirm
      ? unfolding(action, options)
      : execute(action.label, dataOf(action, options), styleOf(action)),
  ];
}

/** A button that opens a small form or a question right in the card. */
function unfolding(action: CommandAction, options: ButtonOptions): CardJson {
  const { ask, confirm } = action;
  const prefix = options.prefix();
  const fields = ask?.fields ?? [];
  const heading = ask?.title ?? confirm?.title ?? action.label;
  const block = (text: string, run: CardJson = {}): CardJson => ({
    type: 'RichTextBlock',
    inlines: [{ type: 'TextRun', text, ...run }],
  });
  return {
    type: 'Action.ShowCard',
    title: literal(action.label, mostLetters),
    ...styleOf(action),
    card: {
      type: 'AdaptiveCard',
      body: [
        block(literal(heading, options.measure.letters), { weight: 'Bolder' }),
        ...(confirm ? lines(confirm.text, options.measure.letters).map((line) => block(line.text)) : []),
        ...fields.flatMap((field) => fieldElements(field, prefix, options)),
      ],
      actions: [
        execute(
          ask?.submit ?? confirm?.yes ?? action.label,
          {
            ...dataOf(action, options),
            prefix,
            kinds: valueKinds(fields),
          },
          styleOf(action),
        ),
      ],
    },
  };
}

const dataOf = (action: CommandAction, options: ButtonOptions): ButtonData => ({
  command: action.command,
  data: action.data,
  token: options.token(),
  ...(action.answer === 'new' && { answer: 'new' }),
});

const styleOf = ({ style }: CommandAction): { style?: string } =>
  style ? { style: style === 'primary' ? 'positive' : 'destructive' } : {};

const execute = (title: string, data: ButtonData, style: { style?: string }): CardJson => ({
  type: 'Action.Execute',
  title: literal(title, mostLetters),
  verb: data.command,
  ...style,
  // A plain button sends no inputs, so that a required one elsewhere in the card does not hold it up.
  ...(data.prefix === undefined && { associatedInputs: 'none' }),
  data: carry(data),
});
