/** A key and a value of a TOML file, as a person types them. Pure. */
import { valuesOf } from './toml-patch.ts';
import type { TomlValue } from '../../../preload/contract/toml-text.ts';

/** By TOML's own rules: `prices."a.b".input`; undefined where it is no key. */
export function typedKey(key: string): string[] | undefined {
  const values = /[\r\n]/.test(key) ? undefined : valuesOf(`${key} = 1`);
  const path: string[] = [];
  let inner: unknown = values;
  while (typeof inner === 'object' && inner !== null) {
    const [name, ...others] = Object.keys(inner);
    if (name === undefined || others.length > 0) return undefined;
    path.push(name);
    inner = (inner as Readonly<Record<string, unknown>>)[name];
  }
  return inner === 1 ? path : undefined;
}

/** Undefined where it is no value of TOML, or more than one. */
export function typedValue(text: string): TomlValue | undefined {
  const values = valuesOf(`v = ${text}`);
  const isOne = values !== undefined && Object.keys(values).join() === 'v';
  return isOne ? (values.v as TomlValue) : undefined;
}
