/** From what was typed to the `data` of a capability: numbers, durations, lists, stdin; checked before it is sent. */
import { toWireError } from '../../preload/contract/errors.ts';
import { MusherError } from '../base/result.ts';
import type { CliCapability } from './capabilities.ts';
import { issueIn } from './checks.ts';
import { durationHint, parseDuration } from './durations.ts';
import { usageError } from './failures.ts';
import type { Field, FieldKind } from './fields.ts';
import type { Typed } from './flags.ts';
import type { Io } from './io.ts';
import { readStdin } from './stdin.ts';
import { sayIssue } from '../base/say-issue.ts';

export interface Input {
  readonly capability: CliCapability;
  readonly typed: ReadonlyMap<string, Typed>;
  /** Asked for its stdin when a text comes from there. */
  readonly io: Pick<Io, 'stdin'>;
}

/** What is to be sent: only what was typed, so that defaults stay the hub's. */
export async function readInput(input: Input): Promise<Record<string, unknown>> {
  const typed = await fromStdin(input);
  const data: Record<string, unknown> = {};
  for (const field of input.capability.fields) {
    const value = typed.get(field.name);
    if (value !== undefined) data[field.name] = toValue(field, value, input.capability);
  }
  // Input that is no plain object comes whole, from the one field without a name.
  return '' in data ? (data[''] as Record<string, unknown>) : data;
}

/** Refuses what the schema refuses, by the name of the flag. The hub checks again and decides. */
export async function checkInput(
  { capability }: Pick<Input, 'capability'>,
  data: unknown,
): Promise<void> {
  const issue = await issueIn(capability.type, data);
  if (issue === undefined) return;
  const field = capability.fields.find(({ name }) => name === issue.path[0]);
  throw invalid(capability, field?.spelling ?? issue.path.join('.'), sayIssue(issue, data));
}

function invalid(capability: CliCapability, path: string, reason: string): MusherError {
  const trimmed = reason.replace(/\.$/, '');
  const params = { path, reason: trimmed, type: capability.words.join(' ') };
  return new MusherError(toWireError('BODY_INVALID', params));
}

async function fromStdin({ capability, typed, io }: Input): Promise<Map<string, Typed>> {
  const asking = capability.fields.filter(
    (field) => field.isProse && isDash(typed.get(field.name)),
  );
  const [first, second] = asking;
  if (second !== undefined)
    throw usageError(`Only one of ${first?.spelling} and ${second.spelling} can be "-".`);
  return first === undefined
    ? new Map(typed)
    : new Map([...typed, [first.name, await readStdin(io.stdin)]]);
}

/** `-` alone stands for what comes on stdin. */
function isDash(value: Typed): boolean {
  return value === '-' || (Array.isArray(value) && value.length === 1 && value[0] === '-');
}

function toValue(field: Field, value: NonNullable<Typed>, capability: CliCapability): unknown {
  const refusal = (reason: string) => invalid(capability, field.spelling, reason);
  if (typeof value === 'boolean') return value;
  if (field.words.some((word) => word === value)) return value;
  if (field.kind !== 'list') {
    return convert(field.kind, typeof value === 'string' ? value : value.join(' '), refusal);
  }
  const items = typeof value === 'string' ? [value] : value;
  return items.map((item) => convert(field.itemKind, item, refusal));
}

function convert(kind: FieldKind, text: string, refusal: (reason: string) => MusherError): unknown {
  if (kind === 'number') return requireNumber(text, refusal);
  if (kind === 'duration') {
    const ms = parseDuration(text);
    if (ms === undefined) throw refusal(`expected a duration (${durationHint}), found "${text}"`);
    return ms;
  }
  if (kind === 'names') return text.includes(',') ? text.split(',').map((one) => one.trim()) : text;
  return kind === 'json' ? parseJson(text) : text;
}

function requireNumber(text: string, refusal: (reason: string) => MusherError): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value))
    throw refusal(`expected a number, found "${text}"`);
  return value;
}

/** What is no JSON is text: the schema knows whether that will do. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
