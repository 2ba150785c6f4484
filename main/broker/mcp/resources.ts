/** The registry's resources: queries without data that a client may read, and watch. */
import type { Resource as ListedResource } from '@modelcontextprotocol/sdk/types.js';
import type { QueryDef, ResourceSpelling } from '../../../preload/contract/define.ts';
import { mayUse } from '../../../preload/contract/define.ts';
import type { Actor } from '../../../preload/contract/envelope.ts';
import type { Clock } from '../../base/clock.ts';
import type { Door } from '../../hub/door.ts';

export interface Resource {
  readonly spelling: ResourceSpelling;
  readonly type: string;
  readonly def: QueryDef;
}

/** By address. */
export function resourcesOf(queries: ReadonlyMap<string, QueryDef>): ReadonlyMap<string, Resource> {
  return new Map(
    [...queries].flatMap(
      ([type, def]): Array<[string, Resource]> =>
        def.resource === undefined
          ? []
          : [[def.resource.uri, { spelling: def.resource, type, def }]],
    ),
  );
}

const mimeType = 'application/json';

export function listResources(
  resources: ReadonlyMap<string, Resource>,
  actor: Actor,
): ListedResource[] {
  return [...resources.values()]
    .filter(({ def }) => mayUse(def, actor))
    .map(({ spelling: { uri, name, description } }) => ({ uri, name, description, mimeType }));
}

/** Throws what the query throws. */
export async function readResource(
  { type, spelling: { uri } }: Resource,
  ask: { readonly door: Door; readonly actor: Actor; readonly signal: AbortSignal },
): Promise<{ uri: string; mimeType: string; text: string }> {
  const result = await ask.door.query({ type, data: {}, signal: ask.signal }, ask.actor);
  return { uri, mimeType, text: JSON.stringify(result) };
}

/** At most so often is one resource told to be another one, milliseconds. */
const everyMs = 1_000;

/** Tells which watched resources are others now. Costs nothing while none is watched. */
export class ResourceWatch {
  private readonly door: Door;
  private readonly clock: Clock;
  private readonly onChanged: (uri: string) => void;
  private readonly watched = new Map<string, ResourceSpelling>();
  private readonly due = new Map<string, () => void>();
  private feed: { close(): void } | undefined;

  constructor(door: Door, clock: Clock, onChanged: (uri: string) => void) {
    this.door = door;
    this.clock = clock;
    this.onChanged = onChanged;
  }

  watch({ spelling }: Resource): void {
    this.watched.set(spelling.uri, spelling);
    // From now on: what is, the client has just read, or will.
    this.feed ??= this.door.openRecords(this.door.head().seq, {
      onSnapshot: () => undefined,
      onLive: () => undefined,
      onDelta: ({ put, remove }) => this.changed([...Object.keys(put), ...remove]),
      pendingBytes: () => 0,
    });
  }

  unwatch(uri: string): void {
    this.watched.delete(uri);
    if (this.watched.size === 0) this.close();
  }

  close(): void {
    this.feed?.close();
    this.feed = undefined;
    for (const cancel of this.due.values()) cancel();
    this.due.clear();
  }

  private changed(ids: readonly string[]): void {
    const kinds = new Set(ids.map((id) => id.slice(0, id.indexOf('/'))));
    for (const { uri, kinds: own } of this.watched.values()) {
      if (this.due.has(uri) || !own.some((kind) => kinds.has(kind))) continue;
      const cancel = this.clock.schedule(() => {
        this.due.delete(uri);
        this.onChanged(uri);
      }, everyMs);
      this.due.set(uri, cancel);
    }
  }
}
