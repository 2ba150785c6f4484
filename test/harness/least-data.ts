// The least that a capability takes, made from its schema, with what is known by name filled in: `agent`, `approval`, ….

import { z } from 'zod';

interface Schema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly minimum?: number;
  readonly minLength?: number;
  readonly pattern?: string;
  readonly default?: unknown;
}

/** By the name of a field: what it is to hold, required or not, where its own schema takes that. */
export type Known = Readonly<Record<string, unknown>>;

/** Throws when the schema does not take it: then a field wants a value in `known`. */
export function leastData(
  type: string,
  schema: z.core.$ZodType,
  known: Known,
): Record<string, unknown> {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema;
  const data = leastOf(json, fitting(schema, known));
  const { error } = z.safeParse(schema, data);
  if (error !== undefined)
    throw new Error(
      `${type} does not take ${JSON.stringify(data)}: ${error.message} Name a value for that field.`,
    );
  return data as Record<string, unknown>;
}

function fitting(schema: z.core.$ZodType, known: Known): Known {
  if (!(schema instanceof z.ZodObject)) return known;
  const shape = schema.shape as Readonly<Record<string, z.ZodType>>;
  const kept = Object.entries(known).filter(
    ([name, value]) => shape[name] === undefined || shape[name].safeParse(value).success,
  );
  return Object.fromEntries(kept);
}

function leastOf(schema: Schema, known: Known): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  const [choice] = schema.anyOf ?? schema.oneOf ?? [];
  if (choice !== undefined) return leastOf(choice, known);
  const type = typeof schema.type === 'string' ? schema.type : schema.type?.[0];
  if (type === 'object') return objectOf(schema, known);
  if (type === 'array')
    return Array.from({ length: Math.max(schema.minItems ?? 0, 1) }, () =>
      leastOf(schema.items ?? {}, known),
    );
  if (type === 'boolean') return true;
  if (type === 'integer' || type === 'number') return Math.max(schema.minimum ?? 1, 0);
  return textOf(schema, known);
}

function objectOf({ properties = {}, required = [] }: Schema, known: Known): object {
  const fields = Object.entries(properties).flatMap(([name, field]): Array<[string, unknown]> => {
    if (name in known) return [[name, known[name]]];
    return required.includes(name) ? [[name, leastOf(field, known)]] : [];
  });
  return Object.fromEntries(fields);
}

/** A pattern is met by something known, if by anything. */
function textOf({ pattern, minLength = 1 }: Schema, known: Known): string {
  const plain = 'x'.repeat(Math.max(minLength, 1));
  if (pattern === undefined) return plain;
  const texts = [plain, ...Object.values(known)].filter((one) => typeof one === 'string');
  return texts.find((one) => new RegExp(pattern, 'u').test(one)) ?? plain;
}
