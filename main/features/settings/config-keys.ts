/** Every key of config.toml, from the schema that checks it: so that help, page and check cannot differ. Pure. */
import { z } from 'zod';
import { configSchema } from '../../../preload/contract/config.ts';
import type { SettingKey, SettingKind } from '../../../preload/contract/settings-facts.ts';

interface Shape {
  readonly type?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Shape | boolean;
  readonly items?: Shape;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly format?: string;
  /** Said beside the schema of the key. */
  readonly unit?: string;
  readonly ownOnly?: boolean;
  readonly isWhole?: boolean;
  readonly applies?: SettingKey['applies'];
}

/** Stands for the name of a row. */
export const anyName = '<name>';

let keys: readonly SettingKey[] | undefined;

export function configKeys(): readonly SettingKey[] {
  keys ??= keysOf([], z.toJSONSchema(configSchema, { io: 'input' }) as Shape, 'at-once');
  return keys;
}

function keysOf(path: readonly string[], shape: Shape, above: SettingKey['applies']): SettingKey[] {
  const { properties = {}, required = [], applies = above } = shape;
  return Object.entries(properties).flatMap(([name, inner]) => {
    const here = [...path, name];
    const rows = rowsOf(inner);
    const isRequired = required.includes(name);
    const key = toKey(here, inner, { isRequired, applies: inner.applies ?? applies });
    if (rows !== undefined) return [key, ...keysOf([...here, anyName], rows, key.applies)];
    return [key, ...keysOf(here, inner, key.applies)];
  });
}

/** Of a table of tables by any name, or a list of tables that have names. */
function rowsOf({ additionalProperties: each, items }: Shape): Shape | undefined {
  if (typeof each === 'object' && each.properties) return each;
  return items?.properties ? items : undefined;
}

function toKey(
  path: readonly string[],
  shape: Shape,
  { isRequired, applies }: Pick<SettingKey, 'applies'> & { readonly isRequired: boolean },
): SettingKey {
  const { unit, minimum: min, maximum: max, enum: choices, ownOnly, isWhole } = shape;
  const { help, standard } = wordsOf(shape.description ?? '');
  return {
    ...{ key: path.join('.'), type: typeOf(shape), kind: kindOf(shape), help },
    ...(unit !== undefined && { unit }),
    ...(standard !== undefined && { default: standard }),
    ...(min !== undefined && min > Number.MIN_SAFE_INTEGER && { min }),
    ...(max !== undefined && max < Number.MAX_SAFE_INTEGER && { max }),
    ...(choices && { choices: [...choices] }),
    ...(isRequired && { isRequired }),
    ...(ownOnly && { ownOnly }),
    ...(isWhole && { isWhole }),
    applies,
  };
}

/** The help ends with the default, as people read it: said once. */
function wordsOf(description: string): { help: string; standard: string | undefined } {
  const [, help, standard] = /^(.*?)\.?(?: Default: (.+)| Required)$/s.exec(description) ?? [];
  return { help: help ?? description, standard };
}

function typeOf({ type = '', items, additionalProperties, enum: choices }: Shape): string {
  if (choices !== undefined) return `one of ${choices.join(', ')}`;
  if (type === 'array')
    return items?.type === 'object' ? 'list of tables' : `list of ${items?.type ?? 'value'}s`;
  return type === 'object' && additionalProperties !== undefined ? 'table' : type;
}

function kindOf(shape: Shape): SettingKind {
  const { type, format, enum: choices, items, additionalProperties: each } = shape;
  if (rowsOf(shape) !== undefined) return 'rows';
  if (type === 'object') return typeof each === 'object' ? 'pairs' : 'group';
  if (type === 'array') return items?.type === 'array' ? 'commands' : 'texts';
  if (type === 'boolean') return 'switch';
  if (type === 'integer' || type === 'number') return 'number';
  if (choices !== undefined) return 'choice';
  return format === 'duration' ? 'duration' : 'text';
}
