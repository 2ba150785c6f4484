/** The registry's resources: queries that a client may read, and watch. Some list things that are resources of their own. */
import type { Resource as Listed, ResourceTemplate } from '@modelcontextprotocol/sdk/types.js';
import type { QueryDef, ResourceSpelling } from '../../../preload/contract/define.ts';
import { mayUse } from '../../../preload/contract/define.ts';
import type { Actor } from '../../../preload/contract/envelope.ts';
import type { Door } from '../../hub/door.ts';

/** A resource of the contract. */
export interface Spelled {
  readonly spelling: ResourceSpelling;
  readonly type: string;
  readonly def: QueryDef;
}

/** By address. */
export type Resources = ReadonlyMap<string, Spelled>;

/** What one address stands for: what to ask to read it, and which records it is made of. */
export interface Resource {
  readonly uri: string;
  readonly type: string;
  readonly data: object;
  readonly kinds: readonly string[];
  /** Of one record alone: its key, of any of those kinds. */
  readonly key?: string;
}

export interface Reading {
  readonly door: Door;
  readonly actor: Actor;
  readonly signal: AbortSignal;
}

export function resourcesOf(queries: ReadonlyMap<string, QueryDef>): Resources {
  return new Map(
    [...queries].flatMap(
      ([type, def]): Array<[string, Spelled]> =>
        def.resource === undefined
          ? []
          : [[def.resource.uri, { spelling: def.resource, type, def }]],
    ),
  );
}

/** Undefined for what is not there, or not for this actor. One thing may be gone all the same: reading it says so. */
export function findResource(
  resources: Resources,
  uri: string,
  actor: Actor,
): Resource | undefined {
  const whole = resources.get(uri);
  if (whole !== undefined)
    return mayUse(whole.def, actor)
      ? { uri, type: whole.type, data: {}, kinds: whole.spelling.kinds }
      : undefined;
  const at = uri.lastIndexOf('/');
  const list = resources.get(uri.slice(0, at));
  const items = list?.spelling.items;
  const key = uri.slice(at + 1);
  if (list === undefined || items === undefined || key === '' || !mayUse(list.def, actor))
    return undefined;
  const data = { [items.subject]: key };
  return { uri, type: items.get, data, kinds: list.spelling.kinds, key };
}

const mimeType = 'application/json';

/** Those of the contract, then what is there of each list. */
export async function listResources(resources: Resources, reading: Reading): Promise<Listed[]> {
  const own = [...resources.values()].filter(({ def }) => mayUse(def, reading.actor));
  const items = await Promise.all(own.map((one) => listItems(one, reading)));
  const lists = own.map(({ spelling: { uri, name, description } }) => ({
    ...{ uri, name, description },
    mimeType,
  }));
  return [...lists, ...items.flat()];
}

/** The kinds of records whose coming and going makes the list another one. */
export function kindsOfItems(resources: Resources): string[] {
  return [...resources.values()].flatMap(({ spelling: { items, kinds } }) =>
    items === undefined ? [] : kinds,
  );
}

export function listTemplates(resources: Resources, actor: Actor): ResourceTemplate[] {
  return [...resources.values()].flatMap(({ def, spelling: { uri, items, description } }) =>
    items === undefined || !mayUse(def, actor)
      ? []
      : [{ uriTemplate: `${uri}/{id}`, name: items.name, description, mimeType }],
  );
}

const describedChars = 200;

async function listItems({ spelling, type }: Spelled, reading: Reading): Promise<Listed[]> {
  const { items, uri } = spelling;
  if (items === undefined) return [];
  const { door, actor, signal } = reading;
  const result = (await door.query({ type, data: {}, signal }, actor)) as Record<string, unknown>;
  const found = result[items.field] as readonly Readonly<Record<string, unknown>>[];
  return found.map((item) => ({
    uri: `${uri}/${String(item.id)}`,
    name: `${items.name} ${String(item.id)}`,
    description: String(item[items.text]).slice(0, describedChars),
    mimeType,
  }));
}

/** Throws what the query throws. */
export async function readResource(
  { type, data, uri }: Resource,
  { door, actor, signal }: Reading,
): Promise<{ uri: string; mimeType: string; text: string }> {
  const result = await door.query({ type, data, signal }, actor);
  return { uri, mimeType, text: JSON.stringify(result) };
}
