/** What a look came to, before it is a row of the report. */
import type { CheckState } from '../../../preload/contract/doctor.ts';

export interface Verdict {
  readonly state: CheckState;
  readonly found: string;
  readonly remedy?: string | undefined;
  readonly details?: readonly string[];
}

export function ok(found: string, details: readonly string[] = []): Verdict {
  return { state: 'ok', found, details };
}

export function warning(found: string, remedy: string, details: readonly string[] = []): Verdict {
  return { state: 'warning', found, remedy, details };
}

export function problem(found: string, remedy: string, details: readonly string[] = []): Verdict {
  return { state: 'problem', found, remedy, details };
}

export function unknown(found: string, remedy?: string, details: readonly string[] = []): Verdict {
  return { state: 'unknown', found, remedy, details };
}

/** `1 worktree`, `3 worktrees`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

const units = ['bytes', 'KB', 'MB', 'GB', 'TB'] as const;

/** `1.4 GB`, by thousands, as disks are sold and file managers count. */
export function sized(bytes: number): string {
  let [value, unit] = [bytes, 0];
  for (; value >= 1000 && unit < units.length - 1; unit += 1) value /= 1000;
  const text = unit === 0 || value >= 100 ? Math.round(value) : Math.round(value * 10) / 10;
  return `${text} ${units[unit]}`;
}
