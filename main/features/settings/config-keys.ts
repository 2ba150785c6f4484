/** Every key of config.toml, from the schema that checks it: so that help and check cannot differ. */
import { z } from 'zod';
import { configSchema } from '../../../preload/contract/config.ts';

export interface ConfigKey {
  readonly key: string;
  readonly type: string;
  readonly help: string;
}

interface Shape {
  readonly type?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly additionalProperties?: Shape | boolean;
  readonly items?: Shape;
}

export function configKeys(): ConfigKey[] {
  return keysOf('', z.toJSONSchema(configSchema, { io: 'input' }) as Shape);
}

function keysOf(path: string, { properties = {} }: Shape): ConfigKey[] {
  return Object.entries(properties).flatMap(([name, shape]) => {
    const key = path === '' ? name : `${path}.${name}`;
    const { additionalProperties: each } = shape;
    const listed = shape.items?.properties ? keysOf(`${key}[]`, shape.items) : [];
    const rows =
      typeof each === 'object' && each.properties ? keysOf(`${key}.<name>`, each) : listed;
    const inner = shape.properties ? keysOf(key, shape) : rows;
    return [{ key, type: typeOf(shape), help: shape.description ?? '' }, ...inner];
  });
}

function typeOf({ type = '', items, additionalProperties }: Shape): string {
  if (type === 'array')
    return items?.type === 'object' ? 'list of tables' : `list of ${items?.type ?? 'values'}s`;
  return type === 'object' && additionalProperties !== undefined ? 'table' : type;
}
