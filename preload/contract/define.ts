/**
 * How a capability is declared, once: the zod schema here is at the same time the HTTP route `/v1/<type>`,
 * the call over IPC and WebSocket, the `musher` subcommand, and what a timer or an MCP tool may use.
 */
import type { z } from 'zod';
import type { Actor, Role } from './envelope.ts';
import { roleOf } from './envelope.ts';

/** How the `musher` command spells this capability. Left out: `musher <noun> <verb>` with flags only. */
export interface CliSpelling {
  /** Words after `musher`, for example `agent add` or `send`. */
  readonly name: string;
  /** Fields of `data` that are positional, in order; the last may be `...field` to take the rest. */
  readonly args?: readonly string[];
  /** One or two example lines, shown by `--help`. */
  readonly examples?: readonly string[];
}

/** How a capability is offered to models over MCP, as a tool. Few and plain: each one costs every turn of every agent. */
export interface ToolSpelling {
  /** In the words of a model, for example `send_message`. */
  readonly name: string;
  /** What it does, when to use it and when something else. */
  readonly description: string;
  /** True when it takes something away that was there. Default false. */
  readonly isDestructive?: boolean;
  /**
   * Of a command whose outcome comes later: the query that waits for it. The tool takes `waitMs` beside the command's own
   * data, asks this query for `subject` of the command's result, and answers what it says.
   */
  readonly outcome?: { readonly query: string; readonly subject: string };
}

/** How a query without data is offered over MCP as a resource, which a client may watch. */
export interface ResourceSpelling {
  /** `musher://agents`. */
  readonly uri: string;
  readonly name: string;
  readonly description: string;
  /** Kinds of records by whose change it is another one. */
  readonly kinds: readonly string[];
  /** Left out: what it lists are no resources of their own. */
  readonly items?: ItemSpelling;
}

/** How each of what a resource lists is a resource too, at `<uri>/<id>`: what is there makes the client's list. */
export interface ItemSpelling {
  /** In the singular: `Question`. */
  readonly name: string;
  /** Of the query's result: where they are, each with its `id`. */
  readonly field: string;
  /** Of an item: what it is about. */
  readonly text: string;
  /** The query that shows one, and what it takes its id as. */
  readonly get: string;
  readonly subject: string;
}

interface Capability<Data extends z.core.$ZodType, Result extends z.core.$ZodType> {
  /** One sentence in the imperative; shown by `--help`, the HTTP catalogue and the command palette. */
  readonly summary: string;
  /** Roles that may use it. `system` alone means: no door exposes it. */
  readonly who: readonly Role[];
  /**
   * Of commands alone: why a person does it, and no timer or trigger in their name; ends a sentence that begins with what it is. Left out:
   * it may be stored as an action.
   */
  readonly byHand?: string;
  readonly data: Data;
  readonly result: Result;
  readonly cli?: CliSpelling;
  /** Left out: not a tool. */
  readonly tool?: ToolSpelling;
  /** Of queries alone. Left out: not a resource. */
  readonly resource?: ResourceSpelling;
}

export type CommandDef<
  Data extends z.core.$ZodType = z.core.$ZodType,
  Result extends z.core.$ZodType = z.core.$ZodType,
> = Capability<Data, Result>;

/** Reads without changing anything. A query may wait (bounded, cancellable) for something to happen. */
export type QueryDef<
  Data extends z.core.$ZodType = z.core.$ZodType,
  Result extends z.core.$ZodType = z.core.$ZodType,
> = Capability<Data, Result>;

/** A fact that the log may hold. `v` is the current version of `data`; older ones are upcast when read. */
export interface EventDef<Data extends z.core.$ZodType = z.core.$ZodType> {
  readonly v: number;
  readonly data: Data;
  /** From version `key` to `key + 1`. */
  readonly upcast?: Readonly<Record<number, (data: unknown) => unknown>>;
}

export interface FeatureContract {
  /** The feature's word, the same in every process: `approvals`. */
  readonly name: string;
  readonly commands: Readonly<Record<string, CommandDef>>;
  readonly queries: Readonly<Record<string, QueryDef>>;
  readonly events: Readonly<Record<string, EventDef>>;
  /** Kinds of records that the renderer mirrors, by kind: `{ agent: agentRecordSchema }`. */
  readonly records: Readonly<Record<string, z.core.$ZodType>>;
  /** Kinds of records that are true only while the hub lives: mirrored like the others, never in the log. */
  readonly live?: Readonly<Record<string, z.core.$ZodType>>;
}

/** Keeps the literal types of a declaration; the infer helpers below read them. */
export function defineFeature<const F extends FeatureContract>(feature: F): F {
  return feature;
}

export function command<Data extends z.core.$ZodType, Result extends z.core.$ZodType>(
  def: CommandDef<Data, Result>,
): CommandDef<Data, Result> {
  return def;
}

export function query<Data extends z.core.$ZodType, Result extends z.core.$ZodType>(
  def: QueryDef<Data, Result>,
): QueryDef<Data, Result> {
  return def;
}

export function event<Data extends z.core.$ZodType>(def: EventDef<Data>): EventDef<Data> {
  return def;
}

export type CommandType<F extends FeatureContract> = keyof F['commands'] & string;
export type QueryType<F extends FeatureContract> = keyof F['queries'] & string;
export type EventType<F extends FeatureContract> = keyof F['events'] & string;

/** Parsed input of a command. */
export type CommandData<F extends FeatureContract, K extends CommandType<F>> = z.output<
  F['commands'][K]['data']
>;
export type CommandResult<F extends FeatureContract, K extends CommandType<F>> = z.output<
  F['commands'][K]['result']
>;
export type QueryData<F extends FeatureContract, K extends QueryType<F>> = z.output<
  F['queries'][K]['data']
>;
export type QueryResult<F extends FeatureContract, K extends QueryType<F>> = z.output<
  F['queries'][K]['result']
>;
export type EventData<F extends FeatureContract, K extends EventType<F>> = z.output<
  F['events'][K]['data']
>;

/** True when `actor` may use the capability. The hub itself may use any, but never more than whom it acts for. */
export function mayUse(def: { readonly who: readonly Role[] }, actor: Actor): boolean {
  const role = roleOf(actor);
  return role === 'system' || def.who.includes(role);
}
