/** What is typed into the filter of the board: words, and `name:value`. Pure. */
import type { StoryRecord } from '../../../../preload/contract/story-facts.ts';
import { isNever, type Known, unmetOf } from '../waits-for.ts';
import type { Fits } from './board-index.ts';

export interface BoardFilter {
  readonly fits: Fits;
  /** It looks at other stories too, so what it says of one may change without that one. */
  readonly looksAround: boolean;
}

/** Words for the list of what can be typed. */
export const filterWords = [
  { word: 'is:ready', what: 'Could begin now' },
  { word: 'is:waiting', what: 'Waits for other stories' },
  { word: 'is:blocked', what: 'Blocked, held or frozen' },
  { word: 'is:failed', what: 'A merge of it failed' },
  { word: 'is:free', what: 'Nobody’s' },
  { word: 'is:node', what: 'On another machine' },
] as const;

type Test = (story: StoryRecord, known: Known) => boolean;

const states: Readonly<Record<string, Test>> = {
  ready: (story, known) => story.place.stage === 'backlog' && unmetOf(story, known).length === 0,
  waiting: (story, known) => story.place.stage !== 'done' && unmetOf(story, known).length > 0,
  never: (story, known) => isNever(unmetOf(story, known)),
  blocked: ({ place }) => 'over' in place,
  failed: ({ mergeFailures, place }) => mergeFailures > 0 || place.stage === 'merge_failed',
  free: ({ agent, node }) => agent === undefined && node === undefined,
  node: ({ node }) => node !== undefined,
};
const looking = new Set(['ready', 'waiting', 'never']);

const fields: Readonly<Record<string, (value: string) => Test>> = {
  is: (value) => states[value] ?? (() => false),
  label:
    (value) =>
    ({ labels }) =>
      labels.some((label) => label.toLowerCase() === value),
  type:
    (value) =>
    ({ type }) =>
      type === value,
  agent:
    (value) =>
    ({ agent, node }, { nodeName }) =>
      agent?.toLowerCase() === value ||
      (node !== undefined && (node.id === value || nodeName?.(node.id)?.toLowerCase() === value)),
  priority:
    (value) =>
    ({ priority }) =>
      priority === value,
};

/** All of it must hold. A word that is no `name:value` is looked for in id, title, labels, agent and node. */
export function parseFilter(typed: string, known: Known): BoardFilter | undefined {
  const parts = partsOf(typed);
  if (parts.length === 0) return undefined;
  const tests = parts.map((part) => testOf(part));
  const looksAround = parts.some((part) => part.startsWith('is:') && looking.has(part.slice(3)));
  return { fits: (story) => tests.every((test) => test(story, known)), looksAround };
}

function testOf(part: string): Test {
  const colon = part.indexOf(':');
  const field = fields[part.slice(0, colon)];
  if (colon > 0 && field !== undefined) return field(part.slice(colon + 1));
  return ({ id, title, labels, agent = '', node }, { nodeName }) => {
    const has = (text: string) => text.toLowerCase().includes(part);
    const isOn = node !== undefined && has(nodeName?.(node.id) ?? node.id);
    return has(title) || has(id) || labels.some(has) || has(agent) || isOn;
  };
}

/** `label:"needs design" login`: quotes keep words together. */
function partsOf(typed: string): string[] {
  const found = typed.toLowerCase().match(/(?:[^\s"]|"[^"]*"?)+/g) ?? [];
  return found.map((part) => part.replaceAll('"', '')).filter((part) => part !== '');
}

/** With this part, or without it when it is there already. */
export function toggledPart(typed: string, part: string): string {
  const parts = typed.match(/(?:[^\s"]|"[^"]*"?)+/g) ?? [];
  const left = parts.filter((one) => one.toLowerCase() !== part.toLowerCase());
  return (left.length < parts.length ? left : [...parts, part]).join(' ');
}

export function hasPart(typed: string, part: string): boolean {
  return (typed.match(/(?:[^\s"]|"[^"]*"?)+/g) ?? []).some(
    (one) => one.toLowerCase() === part.toLowerCase(),
  );
}

/** `label:ui`, in quotes where it has a space. */
export function partFor(name: string, value: string): string {
  return `${name}:${/\s/.test(value) ? `"${value}"` : value}`;
}
