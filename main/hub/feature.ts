/**
 * What a feature is to the hub. The hub knows no feature by name: it asks each for its commands, folds, views,
 * effects and due commands through this interface.
 */
import type {
  CommandData,
  CommandResult,
  CommandType,
  EventData,
  EventType,
  FeatureContract,
  QueryData,
  QueryResult,
  QueryType,
} from '../../preload/contract/define.ts';
import type { Actor, EventEnvelope, Receipt } from '../../preload/contract/envelope.ts';
import type { Clock } from '../base/clock.ts';
import type { Dispose } from '../base/disposable.ts';
import type { Logger } from '../base/logger.ts';
import type { Pace } from '../base/pace.ts';
import type { Result } from '../base/result.ts';
import type { LiveRecords } from './live.ts';
import type { Look } from './look.ts';
import type { Marks } from './marks.ts';
import type { Table } from '../../preload/contract/table.ts';
import { ok } from '../base/result.ts';
import type { Upcoming } from './upcoming.ts';

/** All slices by feature name. Read another feature's slice through its selector, never by name. */
export type HubState = Readonly<Record<string, unknown>>;

/** An event before it has a place in the log. */
export interface NewEvent {
  readonly type: string;
  readonly v: number;
  readonly data: unknown;
}

/** Work to do after the commit: written with it, run at least once, ended by the command it returns. */
export interface Effect {
  /** Dotted: `agent.provision`. Names the handler. */
  readonly kind: string;
  /** Effects of one lane run one after another, in commit order; lanes run side by side. */
  readonly lane: string;
  readonly data: unknown;
}

export interface Decision<R> {
  readonly events: readonly NewEvent[];
  readonly effects?: readonly Effect[];
  readonly result: R;
}

/** The result of a command that has nothing to tell. */
export type Nothing = Record<string, never>;

/** What `decide` may know besides its slice. Never the world. */
export interface DecideContext<State> {
  readonly state: State;
  readonly hub: HubState;
  readonly nowMs: number;
  readonly actor: Actor;
  /** Position that the first event of this decision will have. */
  readonly nextSeq: number;
  /** A short id that is unique in this log: `newId('q')` gives `q-7f3k2m9x`. */
  newId(prefix: string): string;
}

/** What `prepare` may use. It reads the outside, and changes nothing. */
export interface PrepareContext {
  /** The newest state, as it was when the command came. */
  readonly hub: HubState;
  /** As it is now, after waiting. */
  newest(): HubState;
  /** Shared by all who gather facts: what is long on the loop is done in steps of it. */
  readonly pace: Pace;
  readonly actor: Actor;
  /** Aborts when the caller goes, the hub stops, or a minute is over; whoever waits for facts then is refused anyway. */
  readonly signal: AbortSignal;
}

export interface CommandHandler<State, Data, R, Facts = undefined> {
  /** Looks at the outside (git, PATH) for facts that the decision needs. */
  readonly prepare?: (data: Data, ctx: PrepareContext) => Promise<Result<Facts>>;
  /** Pure. The whole policy. */
  readonly decide: (ctx: DecideContext<State>, data: Data, facts: Facts) => Result<Decision<R>>;
}

/** Ties a handler's facts to its decide; the map of handlers forgets the type of facts. */
export function handler<State, Data, R, Facts>(
  both: CommandHandler<State, Data, R, Facts> & {
    readonly prepare: (data: Data, ctx: PrepareContext) => Promise<Result<Facts>>;
  },
): AnyHandler<State, Data, R> {
  return both as unknown as AnyHandler<State, Data, R>;
}

// biome-ignore lint/suspicious/noExplicitAny: facts flow only from a handler's own prepare to its own decide
export type AnyHandler<State, Data, R> = CommandHandler<State, Data, R, any>;

/** A command that an effect, a tick or a source asks for. */
export interface SystemCommand {
  readonly type: string;
  readonly data: unknown;
  /** Makes it safe to ask again: under one id it is done once, over restarts too. 8 to 80 of A-Z a-z 0-9 . _ : - */
  readonly id?: string;
  /**
   * Whose wish it is, when it is not the hub's own: that actor's role is what counts, its name stands in the events,
   * and nothing is allowed that the actor could not do itself.
   */
  readonly onBehalfOf?: Actor;
}

export interface EffectContext {
  readonly hub: HubState;
  /** Stable over retries and restarts: use it to name what must be made once. */
  readonly effectId: string;
  /** 1 for the first try. After a crash the same effect comes again. */
  readonly attempt: number;
  /** Aborts when the hub stops; the effect then comes again at the next start. */
  readonly signal: AbortSignal;
  /**
   * Dispatches a progress report; rejects when refused. Without an id of its own it gets one from the effect's, so that
   * an effect that comes again after a crash does not do twice what it had done: it is told the same receipt.
   */
  dispatch(command: SystemCommand): Promise<Receipt>;
}

export interface EffectHandler<Data> {
  /** How many of this kind run at once; default 8. The others wait, each lane in its order. */
  readonly atOnce?: number;
  /** Must be idempotent. The returned command and the end of the effect are one commit. */
  run(data: Data, ctx: EffectContext): Promise<SystemCommand | undefined>;
  /** What to report when `run` threw. Left out: logged and dropped. */
  failed?(data: Data, error: unknown): SystemCommand | undefined;
}

export interface QueryContext<State> {
  readonly state: State;
  readonly hub: HubState;
  readonly actor: Actor;
  readonly signal: AbortSignal;
  readonly nowMs: number;
  readonly log: LogReader;
  /** The feature's own. */
  readonly marks: Marks;
  /** Live records of a kind, as they are now. */
  live(kind: string): Table<unknown>;
  /** The slice and state as they are now, after waiting. */
  fresh(): { state: State; hub: HubState };
  /** Resolves when an event of `topic` was published, the time is over, the signal aborted or the hub stops. */
  untilTopic(topic: string, waitMs: number): Promise<void>;
  /** Where an event is found later: the inboxes that it is in, among others. */
  topicsOf(event: EventEnvelope): readonly string[];
  /** One readable text that says an event, for inboxes and the log; its type when no feature describes it. */
  describe(event: EventEnvelope): string;
}

/** What a page of the log is asked by. With `before` alone: the newest below it. At most one of `topic` and `type` narrows it. */
export interface PageAsk {
  readonly after?: number;
  readonly before?: number;
  readonly limit: number;
  readonly topic?: string;
  readonly type?: string;
  /** The page ends with the event that reaches it; default 4 MiB. Only `read` looks at it. */
  readonly maxBytes?: number;
}

/** Oldest first. */
export interface LogPage {
  readonly events: EventEnvelope[];
  /** There is more in that direction: the limit or the bound of bytes cut the page. */
  readonly more: boolean;
}

/** Which events are looked for: all that is given must hold. With neither `after` nor `before`: the newest. */
export interface FindAsk {
  readonly after?: number;
  /** With `after` the end of what is looked at, else the newest below it. */
  readonly before?: number;
  readonly limit: number;
  /** Of one of these types. */
  readonly types?: readonly string[];
  /** `operator`, `system` or an agent's name: who wrote it, who has it in the inbox, or either of the two. */
  readonly from?: string;
  /** Also `*`, for what was said to all. */
  readonly to?: string;
  readonly agent?: string;
  /** In somebody's inbox, or written to somebody who has none (to all, when nobody is there). */
  readonly isSent?: boolean;
  /** Any event of a chain of answers. */
  readonly thread?: number;
  /** What somebody typed; see preload/contract/search-text.ts. */
  readonly text?: string;
  /** Only these, oldest first. */
  readonly among?: readonly number[];
}

/** Oldest first. */
export interface FoundPage {
  readonly events: EventEnvelope[];
  /** There may be more in that direction, after or before `cursor`. A page with more may have few events, or none. */
  readonly more: boolean;
  /** How far was looked. */
  readonly cursor: number;
}

export interface Verification {
  readonly ok: boolean;
  readonly head: number;
  readonly hash: string;
  readonly brokenAt?: number;
  readonly reason?: string;
}

export interface LogReader {
  head(): { seq: number; hash: string };
  /** At once, on the loop: for a look at few, at most `fewEvents`. */
  page(ask: PageAsk): EventEnvelope[];
  /** Beside the loop where it is long. Rejects when the signal aborts, or the store closes. */
  read(ask: PageAsk, signal?: AbortSignal): Promise<LogPage>;
  /**
   * Among the events that features declare as searchable (`search`), beside the loop. The newest are found too. Rejects
   * like `read`, and with SEARCH_FAILED.
   */
  find(ask: FindAsk, signal?: AbortSignal): Promise<FoundPage>;
  /** Recomputes every hash, beside the loop. Rejects like `read`. */
  verify(signal?: AbortSignal): Promise<Verification>;
}

/**
 * What a feature's sources may use for as long as the hub lives. A source watches what happens outside by itself
 * (a program's end, a file, a heartbeat) and turns it into commands; it decides nothing and keeps no truth.
 */
export interface Life<State> {
  /** The feature's durable slice, and all of them, as they are now. */
  state(): State;
  hub(): HubState;
  readonly log: LogReader;
  readonly marks: Marks;
  /** For what need not outlive the hub and would only fill the log: load, activity, progress. */
  readonly live: LiveRecords;
  readonly clock: Clock;
  /** Its lines carry the feature's name. */
  readonly logger: Logger;
  /** Aborts when the hub stops taking commands. */
  readonly signal: AbortSignal;
  /** One readable text that says an event; its type when no feature describes it. */
  describe(event: EventEnvelope): string;
  /** Dispatches as `system`. Throws MusherError; SHUTTING_DOWN once the hub stops. */
  system(command: SystemCommand): Promise<Receipt>;
  /**
   * Reads every event from the place where it was first begun on, by a durable cursor of that name: none is skipped by lag, a crash or
   * a restart. Call it while the feature starts; it begins once all have recovered.
   */
  subscribe(name: string, look: Look): void;
  /** Tells the topics of each commit from now on, in commit order; the listener must not throw. Ends with the hub. */
  onTopics(listener: (topics: readonly string[]) => void): void;
  /** What is to end with the hub; last in, first out. */
  own(end: Dispose): void;
}

/** Something that waits for an answer or a look. */
export interface Wait {
  /** Kind of the record that it is of. */
  readonly kind: string;
  /** Key of that record; with the kind, its name. */
  readonly subject: string;
  /** Whose answer it waits for: `operator`, or an agent's id. */
  readonly to: string;
  /** Who waits, or whom it is about. */
  readonly agent: string;
  readonly title: string;
  /** True when the agent cannot go on without it. */
  readonly isBlocking: boolean;
}

/** What an event does to what waits; ids are `<kind>/<subject>`. */
export type WaitChange =
  | { readonly opens: Wait }
  | { readonly settles: string }
  /** All of a kind that fit, up to this event unless said otherwise. */
  | {
      readonly settlesAll: {
        readonly kind: string;
        readonly agent?: string;
        readonly upToSeq?: number;
        readonly isBlocking?: boolean;
      };
    }
  /** Decided, but the outcome is not known: out of the operator's sight, the agent still waits. */
  | { readonly parks: string }
  /** Back in the operator's sight. */
  | { readonly resumes: { readonly id: string; readonly isBlocking: boolean } };

/** By event type, own or another's: what the feature's items become by it. Pure and total, over every log there is. */
export type Waits = Readonly<Record<string, (event: EventEnvelope) => readonly WaitChange[]>>;

/**
 * What an event is found by besides its type, its sender and the inboxes that it is in: names of fields in its data. A field that
 * an older version had under another name stands beside the new one.
 */
export interface SearchFields {
  /** Its text: a string, or whatever strings are in it. */
  readonly text: readonly string[];
  /** To whom its sender wrote it, where that says more than the inboxes: `*`. */
  readonly to?: string;
  /** The number of the event that it answers. */
  readonly re?: string;
}

/** One kind of record that pages mirror. */
export interface RecordView<State, Item> {
  /** Items by key, straight from the slice: what two versions do not share is what pages are told. */
  items(state: State): Table<Item>;
  /** What a page may see of an item. Left out: the item itself. */
  record?(item: Item): unknown;
}

export interface Feature<F extends FeatureContract = FeatureContract, State = unknown> {
  readonly contract: F;
  readonly initial: State;
  /** Bumped when the slice's shape or its folds change; this slice alone is then folded again from the log. */
  readonly version: number;
  readonly commands: {
    readonly [K in CommandType<F>]: AnyHandler<State, CommandData<F, K>, CommandResult<F, K>>;
  };
  readonly queries: {
    readonly [K in QueryType<F>]: (
      data: QueryData<F, K>,
      ctx: QueryContext<State>,
    ) => Promise<Result<QueryResult<F, K>>>;
  };
  /** By event type, of any feature; `*` sees every event, after the typed one. Pure and total. */
  readonly reduce: Readonly<Record<string, (state: State, event: EventEnvelope) => State>>;
  // biome-ignore lint/suspicious/noExplicitAny: each view is closed over its own item type
  readonly views?: Readonly<Record<string, RecordView<State, any>>>;
  /** Topics that own events are found under later: `inbox/<agent>`, `question/<id>`. */
  readonly topics?: (event: EventEnvelope) => readonly string[];
  /** Own events that are found by `log.find`, by type. */
  readonly search?: Readonly<Record<string, SearchFields>>;
  /** Its items in the inbox of the operator and in what agents wait for. */
  readonly waits?: Waits;
  /** Own events as text for a reader, by type. Untrusted words stay as they are; the reader shows them harmlessly. */
  readonly describe?: Readonly<Record<string, (event: EventEnvelope) => string>>;
  // biome-ignore lint/suspicious/noExplicitAny: each effect's data is closed between decide and its handler
  readonly effects?: Readonly<Record<string, EffectHandler<any>>>;
  /** Commands now due, asked every second: see `dueRows`. Pure. One that is still being done is not asked for again. */
  readonly due?: (state: State, nowMs: number) => readonly SystemCommand[];
  /** What of it happens by itself at a time: for who asks what comes. Pure; sorting is the asker's. */
  readonly upcoming?: (state: State) => readonly Upcoming[];
  /** Starts its sources, before recovery, so that nothing falls between the two. All that it starts is owned by its life. */
  readonly start?: (life: Life<State>) => void;
  /** Once after start, before doors open: look at the outside and report what changed meanwhile. */
  readonly recover?: (state: State) => Promise<readonly SystemCommand[]>;
  /** Commands that wind it down before an orderly end, while doors are still open and their effects can run. Pure. */
  readonly windDown?: (state: State) => readonly SystemCommand[];
}

/** Type-checks a feature against its contract and lets it stand in a list. */
export function feature<F extends FeatureContract, State>(
  contract: F,
  rest: Omit<Feature<F, State>, 'contract'>,
): Feature {
  return { contract, ...rest } as unknown as Feature;
}

/** A typed event of a contract, at its newest version. */
export function newEvent<F extends FeatureContract, K extends EventType<F>>(
  contract: F,
  type: K,
  data: EventData<F, K>,
): NewEvent {
  return { type, v: contract.events[type]?.v ?? 1, data };
}

/** The usual end of a decide. */
export function decided<R>(
  result: R,
  events: readonly NewEvent[],
  effects?: readonly Effect[],
): Result<Decision<R>> {
  return ok(effects === undefined ? { events, result } : { events, effects, result });
}

/** A typed look into another feature's slice. */
export function selectorOf<State>(contract: FeatureContract): (hub: HubState) => State {
  return (hub) => hub[contract.name] as State;
}
