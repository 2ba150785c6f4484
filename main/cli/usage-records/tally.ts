/** Tokens by model and hour, as they are gathered from a record. */
import type { CostRow, Tokens } from '../../../preload/contract/cost-records.ts';

/** What the hub takes at once. */
const mostRows = 200;
const hourMs = 3_600_000;

export type Counts = readonly [
  input: number,
  output: number,
  cacheRead: number,
  cacheWrite: number,
];

export interface Reading {
  readonly rows: CostRow[];
  /** Lines that were read; fewer than there are where there is too much for one tell. */
  readonly lines: number;
  /** Time of the newest, Unix ms; 0 where none has one. */
  readonly untilMs: number;
  readonly memo: string;
}

export interface ReadAsk {
  readonly lines: readonly string[];
  /** Of the reading before this; empty at the beginning of a record. */
  readonly memo: string;
  /** Where a record begins (anew): what is of this time or before is told already; else 0. Unix ms. */
  readonly skipMs: number;
}

export class Tally {
  private readonly byKey = new Map<string, CostRow>();
  untilMs = 0;

  /** Whether there is no place for another row of these. */
  isFull(model: string, atMs: number): boolean {
    return this.byKey.size >= mostRows && !this.byKey.has(keyOf(model, atMs));
  }

  /** `isNew`: it is a request of its own, and not more of one that was added. */
  add(
    {
      model,
      atMs,
      isNew = true,
    }: { readonly model: string; readonly atMs: number; readonly isNew?: boolean },
    [input, output, cacheRead, cacheWrite]: Counts,
  ): void {
    this.untilMs = Math.max(this.untilMs, atMs);
    const there = this.byKey.get(keyOf(model, atMs));
    const none = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, requests: 0 };
    const before = there ?? { ...none, model, hourMs: atMs - (atMs % hourMs) };
    this.byKey.set(keyOf(model, atMs), {
      ...before,
      input: before.input + input,
      output: before.output + output,
      cacheRead: before.cacheRead + cacheRead,
      cacheWrite: before.cacheWrite + cacheWrite,
      requests: before.requests + (isNew ? 1 : 0),
    });
  }

  /** Rows of nothing are none. */
  rows(): CostRow[] {
    return [...this.byKey.values()].filter((row) => row.requests > 0 || sum(row) > 0);
  }
}

function sum({ input, output, cacheRead, cacheWrite }: Tokens): number {
  return input + output + cacheRead + cacheWrite;
}

function keyOf(model: string, atMs: number): string {
  return `${Math.floor(atMs / hourMs)} ${model}`;
}

export type Fields = Readonly<Record<string, unknown>>;

export function fieldsIn(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

export function parseFields(text: string): Fields {
  try {
    return fieldsIn(JSON.parse(text));
  } catch {
    return {};
  }
}

/** More than anybody uses is a slip of whoever wrote it. */
const most = 1e9;

export function countIn(value: unknown): number {
  return typeof value === 'number' && value > 0 ? Math.min(Math.round(value), most) : 0;
}

export function timeIn(value: unknown): number | undefined {
  const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return ms > 0 ? ms : undefined;
}

export function modelIn(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, 200) : undefined;
}
