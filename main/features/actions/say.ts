/** An action as one line: as the `musher` command would be typed where it is one. Untrusted words stay as they are; whoever shows it makes it harmless. Pure. */
import type { Action, CommandAction } from '../../../preload/contract/actions.ts';
import { commandDefs } from '../../../preload/contract/features.ts';
import { flagName } from '../../base/flag-name.ts';

/** Longer ones are cut: a list has one line for each. */
const longest = 300;

export function sayAction(action: Action): string {
  const line = lineOf(action).replace(/\s+/g, ' ').trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}

function lineOf(action: Action): string {
  switch (action.kind) {
    case 'command':
      return sayCommand(action);
    case 'prompt':
      return action.agent === undefined
        ? `start ${action.profile ?? 'an agent'}: ${action.text}`
        : `tell ${action.agent}: ${action.text}`;
    case 'remind':
      return `remind: ${action.text}`;
    case 'webhook':
      return `post to ${action.url}`;
  }
}

/** What `musher --do` reads back as the same. */
export function sayCommand({ type, data }: CommandAction): string {
  const cli = commandDefs.get(type)?.cli;
  const args = cli?.args ?? [];
  const places = args.map((arg) => arg.replace(/^\.\.\./, ''));
  const words = cli?.name ?? type.replaceAll('_', '-').split('.').join(' ');
  const placed = places.flatMap((name) => (name in data ? wordsOf(data[name]) : []));
  const flags = Object.entries(data)
    .filter(([name]) => !places.includes(name))
    .flatMap(([name, value]) => flagOf(name, value));
  // What takes the rest of the line comes last.
  const takesRest = args.some((arg) => arg.startsWith('...'));
  const said = takesRest ? [...flags, ...placed] : [...placed, ...flags];
  return [words, ...said].join(' ');
}

function wordsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(quoted) : [quoted(value)];
}

function flagOf(name: string, value: unknown): string[] {
  if (value === undefined) return [];
  if (value === true) return [`--${flagName(name, 'other')}`];
  if (value === false) return [`--no-${flagName(name, 'other')}`];
  if (Array.isArray(value))
    return value.flatMap((one) => [`--${flagName(name, 'list')}`, quoted(one)]);
  if (typeof value === 'number' && /Ms$/.test(name))
    return [`--${flagName(name, 'duration')}`, spelt(value)];
  const kind = typeof value === 'number' ? 'number' : 'other';
  return [`--${flagName(name, kind)}`, quoted(value)];
}

const units = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000 } as const;

function spelt(ms: number): string {
  const unit = Object.entries(units).find(([, size]) => ms >= size && ms % size === 0);
  return unit === undefined ? `${ms}ms` : `${ms / unit[1]}${unit[0]}`;
}

/** As a shell would be told, where it must be. */
function quoted(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
