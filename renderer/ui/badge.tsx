import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

export type Tone = 'neutral' | 'red' | 'amber' | 'green' | 'blue';

const tones: Readonly<Record<Tone, string>> = {
  neutral: 'bg-selected text-muted',
  red: 'bg-red-soft text-red',
  amber: 'bg-amber-soft text-amber',
  green: 'bg-green-soft text-green',
  blue: 'bg-blue-soft text-blue',
};

interface BadgeProps {
  tone?: Tone;
  children: ReactNode;
  className?: string;
}

/** A word of status. */
export function Badge({ tone = 'neutral', children, className }: BadgeProps) {
  return (
    <span
      className={classNames(
        'inline-flex h-5 shrink-0 items-center gap-1 rounded-sm px-1.5 text-xs font-medium whitespace-nowrap',
        tones[tone],
        className,
      )}
    >
      {children}
    </span>
  );
}

interface CountProps {
  value: number;
  /** Read out after the number: `3 waiting`. */
  what: string;
  /** True when the operator is what it waits for: the one loud thing. */
  loud?: boolean;
  /** Above it the number is cut to `999+`. Default 999. */
  most?: number;
}

/** How many; nothing at all when there are none. */
export function Count({ value, what, loud, most = 999 }: CountProps) {
  if (value === 0) return null;
  return (
    <span
      className={classNames(
        'inline-flex h-4 min-w-4 shrink-0 items-center justify-center rounded-full px-1 text-xs font-medium',
        loud ? 'bg-loud text-loud-fg' : 'text-faint',
      )}
    >
      {value > most ? `${most}+` : value}
      <span className="sr-only"> {what}</span>
    </span>
  );
}
