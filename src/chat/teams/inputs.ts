import { never } from '../../core/refusal.ts';
import type { Field, Option } from '../../core/view.ts';
import type { Reader } from '../../i18n/reader.ts';
import { keptName, listed, type ValueKinds } from './action-data.ts';
import type { CardJson } from './limits.ts';
import { literal } from './text.ts';

/** How much of everything is shown, `typed` of what a person typed: a card that is too large is built with less. */
export type Measure = { rows: number; options: number; letters: number; typed: number };

export type InputOptions = {
  reader: Pick<Reader, 't' | 'language'>;
  /** Names of people who are already chosen, by their user id. */
  names: ReadonlyMap<string, string>;
  /** False for a client that can't look options up while somebody types, nor show whom a people picker holds. */
  lookups: boolean;
  measure: Measure;
};

/** A field as card elements: the input, why its value was refused, what to know about it. */
export function fieldElements(field: Field, prefix: string, options: InputOptions): CardJson[] {
  const { measure } = options;
  const below = (text: string, run: CardJson): CardJson => ({
    type: 'RichTextBlock',
    spacing: 'Small',
    inlines: [{ type: 'TextRun', text: literal(text, measure.letters), size: 'Small', ...run }],
  });
  return [
    ...[input(field, prefix, options)].flat(),
    ...(field.error ? [below(field.error, { color: 'Attention', weight: 'Bolder' })] : []),
    ...(field.hint ? [below(field.hint, { isSubtle: true })] : []),
  ];
}

/** The kinds of those fields whose values don't come back as plain strings. */
export function valueKinds(fields: readonly Field[]): ValueKinds {
  return Object.fromEntries(
    fields.flatMap(({ name, kind }) =>
      kind === 'people' || kind === 'choices' || kind === 'toggle' ? [[name, kind]] : [],
    ),
  );
}

function input(field: Field, prefix: string, options: InputOptions): CardJson | CardJson[] {
  const { measure, reader } = options;
  const base = {
    id: `${prefix}.${field.name}`,
    label: literal(field.label, measure.letters),
    ...(field.required && field.kind !== 'toggle' && { isRequired: true }),
    errorMessage: reader.t('chat.checkField'),
  };
  const placeholder = (text: string | undefined) =>
    text ? { placeholder: literal(text, measure.letters) } : {};

  switch (field.kind) {
    case 'text':
      return {
        type: 'Input.Text',
        ...base,
        ...placeholder(field.placeholder),
        ...(field.multiline && { isMultiline: true }),
        ...(field.maxLength && { maxLength: field.maxLength }),
        ...(field.value && { value: [...field.value].slice(0, measure.typed).join('') }),
      };
    case 'date':
      return { type: 'Input.Date', ...base, ...only(field, ['value', 'min', 'max']) };
    case 'number': {
      const limits = only(field, ['min', 'max']);
      // A value that is no number would make the input ignore itself.
      return {
        type: 'Input.Number',
        ...base,
        ...limits,
        ...(isNumber(field.value) && { value: Number(field.value) }),
      };
    }
    case 'time':
      return choiceSet(base, withValue(field.options, field.value), field.value, measure);
    case 'choice': {
      const query = { 'choices.data': { type: 'Data.Query', dataset: field.source } };
      const search = field.source ? { style: 'filtered', ...(options.lookups && query) } : {};
      return {
        ...choiceSet(base, field.options, field.value, measure),
        ...placeholder(field.placeholder),
        ...search,
      };
    }
    case 'choices': {
      const escaped = field.options.map((option) => ({ ...option, value: listed.write(option.value) }));
      const chosen = (field.value ?? []).map(listed.write).join(',');
      return {
        ...choiceSet(base, escaped, chosen, measure),
        ...placeholder(field.placeholder),
        isMultiSelect: true,
      };
    }
    case 'people':
      return peopleInputs(field, base, options).map((one) => ({ ...one, ...placeholder(field.placeholder) }));
    case 'toggle':
      // Without a value, an untouched toggle comes back as "false" whatever it was.
      return {
        type: 'Input.Toggle',
        ...base,
        title: literal(field.text, measure.letters),
        value: String(field.value ?? false),
        valueOn: 'true',
        valueOff: 'false',
      };
    default:
      return never(field);
  }
}

type PeopleField = Extract<Field, { kind: 'people' }>;

function peopleInputs(
  field: PeopleField,
  base: CardJson,
  { names, measure, lookups }: InputOptions,
): CardJson[] {
  const chosen = field.value ?? [];
  const known = chosen.flatMap((value) => {
    const label = names.get(value);
    return label === undefined ? [] : [{ value, label }];
  });
  const picker = {
    isMultiSelect: field.multiple !== false,
    'choices.data': { type: 'Data.Query', dataset: 'graph.microsoft.com/users' },
  };
  if (lookups || known.length === 0)
    return [{ ...choiceSet(base, known, chosen.join(','), measure), ...picker }];
  // A client that does not show whom its picker holds would lose them: they stand beside it, to be kept or not.
  const kept = choiceSet({ ...base, id: keptName(String(base.id)) }, known, chosen.join(','), measure);
  const more = { ...base, label: `+ ${String(base.label)}`, isRequired: false };
  return [
    { ...kept, style: 'expanded', isMultiSelect: true },
    { ...choiceSet(more, [], undefined, measure), ...picker },
  ];
}

function choiceSet(
  base: CardJson,
  options: readonly Option[],
  value: string | undefined,
  measure: Measure,
): CardJson {
  return {
    type: 'Input.ChoiceSet',
    ...base,
    style: 'compact',
    choices: shorten(options, value, measure.options).map(({ value, label, description }) => ({
      title: literal(description ? `${label} · ${description}` : label, Math.min(measure.letters, 150)),
      value,
    })),
    ...(value && { value }),
  };
}

/** The first options, and the chosen ones wherever they stand: what was typed is never lost. */
function shorten(options: readonly Option[], value: string | undefined, most: number): readonly Option[] {
  const chosen = new Set(value?.split(',') ?? []);
  chosen.add(value ?? '');
  return options.filter((option, index) => index < most || chosen.has(option.value));
}

const withValue = (options: readonly Option[], value: string | undefined): readonly Option[] =>
  value && !options.some((option) => option.value === value)
    ? [{ value, label: value }, ...options]
    : options;

const isNumber = (value: string | undefined): boolean =>
  value !== undefined && value.trim() !== '' && Number.isFinite(Number(value));

const only = <T extends object, K extends keyof T>(of: T, names: readonly K[]): Partial<Pick<T, K>> =>
  Object.fromEntries(
    names.filter((name) => of[name] !== undefined).map((name) => [name, of[name]]),
  ) as Partial<Pick<T, K>>;
