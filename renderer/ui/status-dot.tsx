import { classNames } from './class-names.ts';

/** Each state has its own outline, so that it can be told apart without colour. */
export type DotShape =
  | 'disc'
  | 'ring'
  | 'half'
  | 'diamond'
  | 'square'
  | 'cross'
  | 'check'
  | 'dashed'
  | 'bars';
export type DotTone = 'red' | 'amber' | 'green' | 'blue' | 'muted';

const tones: Readonly<Record<DotTone, string>> = {
  red: 'text-red',
  amber: 'text-amber',
  green: 'text-green',
  blue: 'text-blue',
  muted: 'text-faint',
};

interface StatusDotProps {
  shape: DotShape;
  tone: DotTone;
  /** The state in a word: shown beside the dot, or read out only. */
  word: string;
  showWord?: boolean;
  className?: string;
}

export function StatusDot({ shape, tone, word, showWord, className }: StatusDotProps) {
  return (
    <span
      className={classNames('inline-flex shrink-0 items-center gap-1.5', tones[tone], className)}
    >
      <svg
        width="10"
        height="10"
        viewBox="0 0 10 10"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        aria-hidden="true"
      >
        <Shape shape={shape} />
      </svg>
      <span className={showWord ? '' : 'sr-only'}>{word}</span>
    </span>
  );
}

function Shape({ shape }: { shape: DotShape }) {
  switch (shape) {
    case 'disc':
      return <circle cx="5" cy="5" r="4" fill="currentColor" stroke="none" />;
    case 'ring':
      return <circle cx="5" cy="5" r="3.5" />;
    case 'dashed':
      return <circle cx="5" cy="5" r="3.5" strokeDasharray="2.2 2.2" />;
    case 'half':
      return (
        <>
          <circle cx="5" cy="5" r="3.5" />
          <path d="M5 1.5a3.5 3.5 0 0 1 0 7z" fill="currentColor" stroke="none" />
        </>
      );
    case 'diamond':
      return <path d="M5 0.4 9.6 5 5 9.6 0.4 5z" fill="currentColor" stroke="none" />;
    case 'square':
      return <rect x="1" y="1" width="8" height="8" rx="1" fill="currentColor" stroke="none" />;
    case 'cross':
      return <path d="m1.5 1.5 7 7m0-7-7 7" strokeWidth="2" strokeLinecap="round" />;
    case 'bars':
      return <path d="M3 1.5v7m4-7v7" strokeWidth="2" strokeLinecap="round" />;
    case 'check':
      return (
        <path d="m1 5.5 2.7 2.7L9 2" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round" />
      );
  }
}
