/** From a schema of the contract to its JSON Schema, and to its shape. Loads zod: for the making of the manifest alone. */
import { z } from 'zod';
import type { Shape } from './shape.ts';

/** JSON Schema, as far as it is read here. */
export interface JsonSchema {
  readonly type?: string | string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly items?: JsonSchema;
  readonly anyOf?: JsonSchema[];
  readonly properties?: Record<string, JsonSchema>;
  readonly required?: string[];
}

export function jsonSchemaOf(schema: z.core.$ZodType, io: 'input' | 'output'): JsonSchema {
  return z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override({ zodSchema, jsonSchema }) {
      const { isOpen, isTrimmed } = judge(zodSchema);
      if (isOpen) jsonSchema.isOpen = true;
      if (isTrimmed) jsonSchema.isTrimmed = true;
    },
  }) as JsonSchema;
}

/** What a value must be so that the schema surely takes it (`input`), or takes it and gives it back as it is (`output`). */
export function shapeOf(schema: z.core.$ZodType, io: 'input' | 'output'): Shape {
  return toShape(jsonSchemaOf(schema, io) as Record<string, unknown>);
}

/** For people, or said by what is kept: nothing of it decides about a value. */
const ignored = new Set(['$schema', 'title', 'description', 'default', 'propertyNames']);
const kept = new Set([
  ...['type', 'required', 'enum', 'pattern', 'isTrimmed', 'minItems', 'maxItems', 'minLength'],
  ...['maxLength', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'],
]);

/** A word of JSON Schema that is not known here leaves the shape open. */
function toShape(json: Readonly<Record<string, unknown>>): Shape {
  const { type } = json;
  if (Array.isArray(type)) return { anyOf: type.map((one) => toShape({ ...json, type: one })) };
  const shape: Record<string, unknown> = {};
  for (const [word, value] of Object.entries(json)) {
    if (ignored.has(word)) continue;
    if (kept.has(word)) shape[word] = value;
    else if (word === 'const') shape.enum = [value];
    else if (word === 'items' || word === 'prefixItems') shape[word] = itemsIn(value);
    else if (word === 'properties') shape.properties = shapesIn(fieldsIn(value));
    else if (word === 'additionalProperties') shape[word] = value && toShape(fieldsIn(value));
    else if (isChoice(word, value)) shape.anyOf = value.map(toShape);
    else return { isOpen: true };
  }
  return shape;
}

/** Of a list one for all, of a tuple one for each. */
function itemsIn(value: unknown): Shape | Shape[] {
  return Array.isArray(value) ? value.map(toShape) : toShape(fieldsIn(value));
}

function fieldsIn(value: unknown): Readonly<Record<string, unknown>> {
  return value as Readonly<Record<string, unknown>>;
}

function shapesIn(schemas: Readonly<Record<string, unknown>>): Record<string, Shape> {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, toShape(fieldsIn(schema))]),
  );
}

/** Of several objects that would do, zod takes the first, and may cut the value to it; of a discriminated union only one would. */
function isChoice(word: string, value: unknown): value is Array<Record<string, unknown>> {
  if (word === 'oneOf') return true;
  if (word !== 'anyOf') return false;
  const compound = (value as JsonSchema[]).filter(
    ({ type }) => type === 'object' || type === 'array',
  );
  return compound.length <= 1;
}

interface Judgement {
  readonly isOpen: boolean;
  readonly isTrimmed: boolean;
}

/** Kinds of schema that JSON Schema tells the whole of, apart from their checks. */
const plainTypes = new Set([
  ...['object', 'record', 'array', 'string', 'number', 'boolean', 'null', 'unknown', 'enum'],
  ...['literal', 'template_literal', 'union', 'optional', 'nullable', 'default', 'tuple'],
]);
const plainChecks = new Set(['min_length', 'max_length', 'greater_than', 'less_than']);

/** What of a schema its JSON Schema leaves out: code of ours, and flags of patterns. */
function judge({ _zod: { def } }: z.core.$ZodType): Judgement {
  const checks = (def.checks ?? []).map((check) => check._zod.def as CheckDef);
  const isTrimmed = checks.some(trims);
  const isOpen = !plainTypes.has(def.type) || 'check' in def || !checks.every(isPlain);
  return { isOpen, isTrimmed };
}

interface CheckDef {
  readonly check: string;
  readonly format?: string;
  readonly pattern?: RegExp;
  readonly tx?: (text: unknown) => unknown;
}

function isPlain(check: CheckDef): boolean {
  if (check.check === 'number_format') return check.format === 'safeint';
  if (check.check === 'string_format')
    return check.format === 'regex' && check.pattern?.flags === '';
  return plainChecks.has(check.check) || trims(check);
}

const sample = 'Ünï  cödé\n١ ﬁ e\u0301';

function trims({ check, tx }: CheckDef): boolean {
  return check === 'overwrite' && tx?.(` ${sample}\n`) === sample && tx(sample) === sample;
}
