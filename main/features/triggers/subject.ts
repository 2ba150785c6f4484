/**
 * What of an event a trigger asks about: its story, its agent, the stage that the story came to, the files that it names, and for
 * expressions a copy of its data that is cut to a bound. All of it is untrusted.
 */
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import { agentIdOf } from '../../../preload/contract/agent-id.ts';
import { normalPath } from '../conflicts/index.ts';

/** Of files that an event names, and of what an expression sees of its data. */
const most = { paths: 1_000, chars: 4_096, items: 200, depth: 8, values: 2_000 };
const namesFiles = new Set(['path', 'paths', 'file', 'files']);

/** What an expression sees. */
export interface SubjectData {
  readonly event: Readonly<Record<string, unknown>>;
  readonly data: unknown;
  readonly story: string;
  readonly agent: string;
  readonly stage: string;
  readonly paths: readonly string[];
}

export class Subject {
  readonly event: EventEnvelope;
  readonly story: string | undefined;
  /** It is about, or else who did it. */
  readonly agent: string | undefined;
  readonly actor: string | undefined;
  readonly stage: string | undefined;
  private known: readonly string[] | undefined;
  private plainly: SubjectData | undefined;

  constructor(event: EventEnvelope) {
    this.event = event;
    const { story, agent, place } = fieldsOf(event.data);
    this.actor = agentIdOf(event.actor);
    this.story = textOf(story);
    this.agent = textOf(agent) ?? this.actor;
    this.stage = textOf(fieldsOf(place).stage);
  }

  /** Once for all triggers that ask. */
  get paths(): readonly string[] {
    this.known ??= pathsIn(this.event.data);
    return this.known;
  }

  get plain(): SubjectData {
    this.plainly ??= this.toPlain();
    return this.plainly;
  }

  private toPlain(): SubjectData {
    const { seq, type, actor, via = '', atMs, causeId, data } = this.event;
    const { story = '', agent = '', stage = '', paths } = this;
    return {
      event: { seq, type, actor, via, atMs, causeId },
      data: bounded(data),
      ...{ story, agent, stage, paths },
    };
  }
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Under the names that events have for files, however deep; each once. */
function pathsIn(data: unknown): readonly string[] {
  const found = new Set<string>();
  const visit = (value: unknown, isFile: boolean, depth: number): void => {
    if (found.size >= most.paths || depth > most.depth) return;
    if (typeof value === 'string') {
      if (isFile) found.add(normalPath(value));
    } else if (Array.isArray(value)) for (const one of value) visit(one, isFile, depth + 1);
    else
      for (const [name, one] of Object.entries(fieldsOf(value)))
        visit(one, namesFiles.has(name), depth + 1);
  };
  visit(data, false, 0);
  return [...found];
}

/** What is beyond the bound is left out, and a text is cut. */
export function bounded(data: unknown): unknown {
  let values = 0;
  const copy = (value: unknown, depth: number): unknown => {
    values += 1;
    if (typeof value === 'string') return value.slice(0, most.chars);
    if (typeof value !== 'object' || value === null) return value;
    if (depth >= most.depth) return null;
    if (Array.isArray(value))
      return value
        .slice(0, most.items)
        .filter(() => values < most.values)
        .map((one) => copy(one, depth + 1));
    const copied: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
    for (const [name, one] of Object.entries(value).slice(0, most.items))
      if (values < most.values) copied[name] = copy(one, depth + 1);
    return copied;
  };
  return copy(data, 0);
}
