/** The limits form: what was written, what is wrong with it, and what of it is another wish than before. Pure. */
import type { OwnLimits } from '../../../../preload/contract/watchdog.ts';
import type { LimitKind } from '../../../../preload/contract/limits.ts';
import { limitBounds } from '../../../../preload/contract/limits.ts';
import type { CommandInput } from '../../../hub/bridge.ts';

export const limitKinds: readonly LimitKind[] = ['turns', 'costUsd', 'timeMs'];

export interface LimitInput {
  /** As it was typed; empty leaves it to the config files. */
  readonly text: string;
  /** No limit whatever the files say; the text counts for nothing then. */
  readonly isNone: boolean;
}

export type LimitsForm = Readonly<Record<LimitKind, LimitInput>>;
export type Wish = number | 'none' | 'config';

export function toForm(own: OwnLimits): LimitsForm {
  const input = (kind: LimitKind): LimitInput => {
    const wish = own[kind];
    return {
      text: typeof wish === 'number' ? spell(kind, wish) : '',
      isNone: wish === 'none',
    };
  };
  return { turns: input('turns'), costUsd: input('costUsd'), timeMs: input('timeMs') };
}

/** So that it reads as the same again. */
function spell(kind: LimitKind, value: number): string {
  if (kind !== 'timeMs') return String(value);
  const parts = [];
  let rest = value;
  for (const [unit, ms] of spelledUnits) {
    const count = Math.floor(rest / ms);
    if (count > 0) parts.push(`${count}${unit}`);
    rest -= count * ms;
  }
  return parts.join(' ');
}

export type Read = { readonly wish: Wish } | { readonly problem: string };

export function readLimit(kind: LimitKind, { text, isNone }: LimitInput): Read {
  if (isNone) return { wish: 'none' };
  const typed = text.trim().toLowerCase();
  if (typed === '') return { wish: 'config' };
  const read = readers[kind](typed);
  return typeof read === 'number' ? inBounds(kind, read) : { problem: read };
}

const or = ', or leave it empty.';
const readers: Readonly<Record<LimitKind, (typed: string) => number | string>> = {
  turns: (typed) => (/^\d+$/.test(typed) ? Number(typed) : `Write a whole number, like 50${or}`),
  costUsd: (typed) => {
    const plain = typed.replace(/^\$\s*|\s*(\$|usd)$/g, '');
    if (/^\d+,\d+$/.test(plain)) return `Write the cents after a point: ${plain.replace(',', '.')}`;
    return /^(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : `Write dollars, like 2.50${or}`;
  },
  timeMs: (typed) => {
    if (/^\d+(\.\d+)?$/.test(typed)) return `Say the unit: ${typed}m or ${typed}h`;
    const isTime = /^(\d+(\.\d+)?\s*(d|h|min|m|s)\s*)+$/.test(typed);
    if (!isTime) return `Write a time, like 90m or 1h 30m${or}`;
    const parts = [...typed.matchAll(/(\d+(?:\.\d+)?)\s*(d|h|min|m|s)/g)];
    return Math.round(
      parts.reduce((sum, [, count, unit = '']) => sum + Number(count) * (unitMs[unit] ?? 0), 0),
    );
  },
};

const spelledUnits = [
  ...([
    ['d', 86_400_000],
    ['h', 3_600_000],
  ] as const),
  ...([
    ['m', 60_000],
    ['s', 1_000],
  ] as const),
] as const;
const unitMs: Readonly<Record<string, number>> = {
  ...Object.fromEntries(spelledUnits),
  min: 60_000,
};

function inBounds(kind: LimitKind, value: number): Read {
  const { least, most } = limitBounds[kind];
  if (value < least) return { problem: tooLittle[kind] };
  return value > most ? { problem: tooMuch[kind] } : { wish: value };
}

const noLimit = 'for none, choose “No limit”.';
const tooLittle: Readonly<Record<LimitKind, string>> = {
  turns: 'At least 1 turn.',
  costUsd: 'At least 0.01 dollars.',
  timeMs: 'At least a minute.',
};
const tooMuch: Readonly<Record<LimitKind, string>> = {
  turns: `At most 100,000 turns; ${noLimit}`,
  costUsd: `At most 100,000 dollars; ${noLimit}`,
  timeMs: `At most 365 days; ${noLimit}`,
};

export interface Changes {
  readonly problems: Readonly<Partial<Record<LimitKind, string>>>;
  /** Only those that are another wish than before. */
  readonly wishes: Omit<CommandInput<'agent.limits'>, 'agent'>;
}

export function changesOf(form: LimitsForm, before: OwnLimits): Changes {
  const reads = limitKinds.map((kind) => [kind, readLimit(kind, form[kind])] as const);
  const problems = reads.flatMap(([kind, read]) =>
    'problem' in read ? [[kind, read.problem] as const] : [],
  );
  const wishes = reads.flatMap(([kind, read]) =>
    'wish' in read && read.wish !== (before[kind] ?? 'config') ? [[kind, read.wish] as const] : [],
  );
  return { problems: Object.fromEntries(problems), wishes: Object.fromEntries(wishes) };
}
