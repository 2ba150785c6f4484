/** Which moment and which events are shown, as part of the page's address: `at/12345/agent/backend`. Pure. */
import type { QueryInput } from '../../hub/bridge.ts';

export interface TimelinePlace {
  /** The event after which everything is shown; left out: now. */
  readonly at?: number;
  readonly agent?: string;
  readonly story?: string;
  /** A type of events, or how several begin. */
  readonly type?: string;
  /** As it was typed. */
  readonly text?: string;
}

/** What one looks for, by how the types begin. */
export const typeGroups = {
  agent: 'Agents',
  story: 'Stories',
  approval: 'Approvals',
  review: 'Reviews',
  question: 'Questions',
  permission: 'Permissions',
  message: 'Messages',
  gate: 'Gates',
  conflict: 'Conflicts',
  commit: 'Commits',
} as const;

export function parsePlace(target: string | undefined): TimelinePlace {
  const parts = (target ?? '').split('/');
  const given = new Map<string, string>();
  for (let at = 0; at + 1 < parts.length; at += 2)
    given.set(parts[at] ?? '', decode(parts[at + 1] ?? ''));
  const seq = Number(given.get('at'));
  const words = (['agent', 'story', 'type', 'text'] as const).flatMap((name) => {
    const value = given.get(name);
    return value ? [[name, value] as const] : [];
  });
  return {
    ...(Number.isSafeInteger(seq) && seq > 0 && { at: seq }),
    ...Object.fromEntries(words),
  };
}

/** Undefined where nothing is chosen. */
export function toTarget({ at, agent, story, type, text }: TimelinePlace): string | undefined {
  const parts = [
    at === undefined ? [] : ['at', String(at)],
    agent ? ['agent', agent] : [],
    story ? ['story', story] : [],
    type ? ['type', type] : [],
    // A slash of the text is none of the address.
    text ? ['text', encodeURIComponent(text)] : [],
  ].flat();
  return parts.length === 0 ? undefined : parts.join('/');
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function isNarrowed({ agent, story, type, text }: TimelinePlace): boolean {
  return [agent, story, type, text].some((one) => one !== undefined && one.trim() !== '');
}

export function withoutFilters({ at }: TimelinePlace): TimelinePlace {
  return at === undefined ? {} : { at };
}

type ListAsk = QueryInput<'timeline.list'>;

const mostChars = 200;

export function toAsk({ agent, story, type, text }: TimelinePlace): ListAsk {
  const words = (text ?? '').trim().slice(0, mostChars);
  return {
    ...(agent ? { agent } : {}),
    ...(story ? { story } : {}),
    ...(type ? { type } : {}),
    ...(words ? { text: words } : {}),
  };
}
