/** What is written in the form of a timer, and what the hub is asked with it. Pure. */
import type { ActionFields } from '../../../preload/contract/actions.ts';
import type { WhenFields } from '../../../preload/contract/timer-commands.ts';
import type { TimerRecord } from '../../../preload/contract/timer-facts.ts';

export type What = 'tell' | 'start' | 'command' | 'remind';
export type When = 'once' | 'every' | 'cron';

export interface Draft {
  readonly what: What;
  readonly label: string;
  /** Of a prompt or a reminder. */
  readonly text: string;
  readonly agent: string;
  readonly profile: string;
  readonly command: string;
  /** JSON. */
  readonly data: string;
  readonly when: When;
  /** `in 2h`, `17:30`, `2026-12-01T09:00`. */
  readonly at: string;
  readonly every: string;
  /** When the first of them is; as `at`, or empty. */
  readonly first: string;
  readonly cron: string;
  readonly zone: string;
}

export const emptyDraft: Draft = {
  ...{ what: 'tell', label: '', text: '', agent: '', profile: 'claude', command: '', data: '' },
  ...{ when: 'once', at: '', every: '', first: '', cron: '', zone: '' },
};

export interface Asked {
  readonly when: WhenFields;
  readonly action: ActionFields;
}

/** Undefined while something is missing; `fault` says what cannot be read, by its field. */
export function toAsked(
  draft: Draft,
):
  | Asked
  | { readonly fault: { readonly field: keyof Draft; readonly message: string } }
  | undefined {
  const when = toWhen(draft);
  if (when === undefined || 'fault' in when) return when;
  const action = toAction(draft);
  if (action === undefined || 'fault' in action) return action;
  return { when, action };
}

type Part<T> = T | { readonly fault: { field: keyof Draft; message: string } } | undefined;

function toWhen({ when, at, every, first, cron, zone }: Draft): Part<WhenFields> {
  if (when === 'once') return at.trim() === '' ? undefined : toMoment(at);
  const begin = first.trim() === '' ? {} : toMoment(first);
  if (when === 'cron') {
    if (cron.trim() === '') return undefined;
    const inZone = zone.trim() === '' ? {} : { zone: zone.trim() };
    return { ...begin, cron: cron.trim(), ...inZone };
  }
  if (every.trim() === '') return undefined;
  const everyMs = parseSpan(every);
  return everyMs === undefined
    ? { fault: { field: 'every', message: `Write a span such as 30m, 2h or 1d, not “${every}”.` } }
    : { ...begin, everyMs };
}

function toMoment(text: string): WhenFields {
  const inMs = parseSpan(text.trim().replace(/^in\s+/i, ''));
  return inMs === undefined ? { at: text.trim() } : { inMs };
}

function toAction({ what, text, agent, profile, command, data }: Draft): Part<ActionFields> {
  if (what === 'command') {
    if (command.trim() === '') return undefined;
    const parsed = parseData(data);
    return parsed === undefined
      ? { fault: { field: 'data', message: 'It is no JSON object.' } }
      : { command: command.trim(), data: parsed };
  }
  if (text.trim() === '' || (what === 'tell' && agent === '')) return undefined;
  if (what === 'tell') return { prompt: text.trim(), to: agent };
  return what === 'start' ? { prompt: text.trim(), profile } : {};
}

function parseData(text: string): Record<string, unknown> | undefined {
  if (text.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

const unitMs: Readonly<Record<string, number>> = {
  ...{ s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 },
};

/** `1h30m` */
export function parseSpan(text: string): number | undefined {
  const word = text.trim().toLowerCase().replaceAll(' ', '');
  if (!/^(\d{1,6}[smhd])+$/.test(word)) return undefined;
  const parts = [...word.matchAll(/(\d+)([smhd])/g)];
  return parts.reduce((ms, [, count, unit]) => ms + Number(count) * (unitMs[unit ?? ''] ?? 0), 0);
}

export function spellSpan(ms: number): string {
  const unit = ['d', 'h', 'm', 's'].find((one) => ms % (unitMs[one] ?? 1) === 0) ?? 's';
  return `${Math.round(ms / (unitMs[unit] ?? 1))}${unit}`;
}

/** What a timer says now, to be changed. Its times are those of the clock where it is read. */
export function toDraft({ action, schedule, label = '' }: TimerRecord): Draft {
  const draft = { ...emptyDraft, label, ...draftOfSchedule(schedule) };
  if (action.kind === 'command')
    return {
      ...draft,
      ...{ what: 'command', command: action.type },
      data: JSON.stringify(action.data, undefined, 2),
    };
  if (action.kind !== 'prompt') return draft;
  return action.agent === undefined
    ? { ...draft, what: 'start', text: action.text, profile: action.profile ?? draft.profile }
    : { ...draft, what: 'tell', text: action.text, agent: action.agent };
}

function draftOfSchedule(schedule: TimerRecord['schedule']): Partial<Draft> {
  switch (schedule.kind) {
    case 'once':
      return { when: 'once', at: new Date(schedule.atMs).toISOString().replace('.000Z', 'Z') };
    case 'interval':
      return { when: 'every', every: spellSpan(schedule.everyMs) };
    case 'cron':
      return { when: 'cron', cron: schedule.cron, zone: schedule.zone };
  }
}
