/** How a link is drawn: told apart without colour. */
import type { LineLook } from './links-model.ts';

/** Height of a row of nodes. */
export const rowPx = 24;

export const toneOf: Readonly<Record<LineLook, string>> = {
  whole: 'text-green',
  cut: 'text-amber',
  rests: 'text-faint',
  unknown: 'text-faint',
};

const line = { stroke: 'currentColor', strokeWidth: 1.5 } as const;
export const strokeOf = {
  whole: line,
  cut: { ...line, strokeDasharray: '5 4' },
  rests: { ...line, strokeDasharray: '5 4' },
  unknown: { ...line, strokeDasharray: '1.5 4' },
} as const;

export function Cross({ x, y }: { x: number | string; y: number }) {
  return (
    <svg x={x} y={y} width="1" height="1" overflow="visible" aria-hidden="true">
      <circle r="6" className="fill-bg" stroke="none" />
      <path d="m-3.5-3.5 7 7m0-7-7 7" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
    </svg>
  );
}
