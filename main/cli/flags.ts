/** Fields as commander knows them. Values stay text here; input.ts turns them into data. */
import { Argument, type Command, Option } from 'commander';
import type { Field } from './fields.ts';

export function declareFields(command: Command, fields: readonly Field[]): void {
  for (const field of fields) {
    if (field.position === 'flag') command.addOption(toOption(field));
    else command.addArgument(toArgument(field));
  }
}

function toArgument(field: Field): Argument {
  const name = field.position === 'rest' ? `${field.spelling}...` : field.spelling;
  const argument = new Argument(field.isRequired ? `<${name}>` : `[${name}]`, field.help);
  return field.choices === undefined || field.position === 'rest'
    ? argument
    : argument.choices(field.choices);
}

function toOption(field: Field): Option {
  if (field.kind === 'boolean') return toSwitch(field);
  const option = new Option(`${field.spelling} <${placeholderOf(field)}>`, repeatable(field));
  if (field.kind === 'list') option.argParser(collect);
  else if (field.choices !== undefined) option.choices(field.choices);
  return field.isRequired ? option.makeOptionMandatory() : option;
}

/** What is on unless said otherwise is written `--no-x`. */
function toSwitch(field: Field): Option {
  if (field.defaultValue !== true) return new Option(field.spelling, field.help);
  return new Option(field.spelling.replace(/^--/, '--no-'), `Turn off: ${field.help}`);
}

function placeholderOf(field: Field): string {
  if (field.kind === 'duration') return 'duration';
  if (field.kind === 'number') return 'n';
  return field.kind === 'json' || field.itemKind === 'json'
    ? 'json'
    : field.spelling.replace(/^--/, '');
}

function repeatable({ kind, help, choices }: Field): string {
  if (kind !== 'list') return help;
  return `${help} (repeatable${choices === undefined ? '' : `; choices: ${choices.join(', ')}`})`;
}

function collect(value: string, previous: readonly string[] | undefined): readonly string[] {
  return [...(previous ?? []), value];
}

/** What was typed for a field, before it means anything. */
export type Typed = string | readonly string[] | boolean | undefined;

/** By field name, from a command that was parsed. */
export function typedValues(command: Command, fields: readonly Field[]): Map<string, Typed> {
  const positional = fields.filter((field) => field.position !== 'flag');
  const options = command.opts<Record<string, Typed>>();
  return new Map(
    fields.map((field) => {
      const at = positional.indexOf(field);
      const value = at >= 0 ? command.processedArgs[at] : options[attributeOf(field)];
      // Commander hands over an empty list for a rest that was left out.
      const isLeftOut = Array.isArray(value) && value.length === 0;
      return [field.name, isLeftOut ? undefined : (value as Typed)];
    }),
  );
}

function attributeOf(field: Field): string {
  return toOption(field).attributeName();
}
