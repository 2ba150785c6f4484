/**
 * What of an event is put into an action: `{{story}}`, `{{data.place.stage}}`. Into values alone, never into what is done or where it is sent;
 * a value that is a placeholder and nothing else keeps its type, where the command takes that. Pure.
 */
import { z } from 'zod';
import type { Action } from '../../../preload/contract/actions.ts';
import { commandDefs } from '../../../preload/contract/features.ts';
import type { SubjectData } from './subject.ts';

const placeholder = /\{\{\s*([\w.]+)\s*\}\}/g;
const whole = /^\{\{\s*([\w.]+)\s*\}\}$/;
const roots = ['event', 'data', 'story', 'agent', 'stage', 'paths'] as const;
/** Of one value within a text. */
const longest = 4_000;

export type Filled = Action | { readonly fault: string };

/** Why one of them can never be filled; undefined when all may be. */
export function placeholderFault(action: Action): string | undefined {
  for (const text of textsOf(action))
    for (const [said = '', name = ''] of text.matchAll(placeholder))
      if (!roots.some((root) => name === root || name.startsWith(`${root}.`)))
        return `nothing is known for ${said}; expected one of ${roots.map((root) => `{{${root}}}`).join(', ')}, or a field such as {{data.story}}`;
  return undefined;
}

export function hasPlaceholders(action: Action): boolean {
  return textsOf(action).some((text) => text.search(placeholder) !== -1);
}

export function fill(action: Action, subject: SubjectData): Filled {
  const missing: string[] = [];
  const found = (name: string): unknown => {
    const value = valueAt(subject, name);
    if (value === undefined || value === '') missing.push(name);
    return value;
  };
  const asWords = (text: string) =>
    text.replace(placeholder, (_said, name: string) => asText(found(name)));
  const asItIs = (text: string): unknown => {
    const alone = whole.exec(text)?.[1];
    return alone === undefined ? asWords(text) : found(alone);
  };
  const filled = filledWith(action, asItIs);
  if (missing.length > 0)
    return { fault: `the event has no ${[...new Set(missing)].join(', no ')}` };
  // A number where the command wants words, for example.
  return isTaken(filled) ? filled : filledWith(action, asWords);
}

function isTaken(action: Action): boolean {
  if (action.kind !== 'command') return true;
  const def = commandDefs.get(action.type);
  return def === undefined || z.safeParse(def.data, action.data).success;
}

function filledWith(action: Action, put: (text: string) => unknown): Action {
  switch (action.kind) {
    case 'command':
      return { ...action, data: inside(action.data, put) as typeof action.data };
    case 'prompt':
      return { ...action, text: asText(put(action.text)) };
    default:
      return action;
  }
}

function inside(value: unknown, put: (text: string) => unknown): unknown {
  if (typeof value === 'string') return put(value);
  if (Array.isArray(value)) return value.map((one) => inside(one, put));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, inside(one, put)]));
}

function textsOf(action: Action): string[] {
  const texts: string[] = [];
  filledWith(action, (text) => {
    texts.push(text);
    return text;
  });
  return texts;
}

/** Own fields alone: what every object has by its kind is nothing of the event. */
function valueAt(subject: SubjectData, name: string): unknown {
  return name.split('.').reduce<unknown>((value, field) => {
    const isThere = typeof value === 'object' && value !== null && Object.hasOwn(value, field);
    return isThere ? (value as Record<string, unknown>)[field] : undefined;
  }, subject);
}

function asText(value: unknown): string {
  const isList = Array.isArray(value) && value.every((one) => typeof one === 'string');
  const text = isList
    ? value.join(', ')
    : typeof value === 'string'
      ? value
      : (JSON.stringify(value) ?? '');
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
