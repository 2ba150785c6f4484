import { WorkerPoolContextProvider } from '@pierre/diffs/react';
import DiffWorker from '@pierre/diffs/worker/worker-portable.js?worker';
import type { ReactNode } from 'react';

const poolOptions = {
  workerFactory: () => new DiffWorker(),
  // Code is coloured a screen at a time: more workers would only hold more memory.
  poolSize: 2,
  totalASTLRUCacheSize: 100,
};

/** Their colours keep a contrast of 4.5 on changed lines, also where a word of them is marked. */
export const codeThemes = {
  dark: 'github-dark-high-contrast',
  light: 'github-light-high-contrast',
} as const;

const highlighterOptions = {
  theme: codeThemes,
  lineDiffType: 'word-alt',
  // A browser spends longer on a minified line than anybody reads it.
  tokenizeMaxLineLength: 1_000,
} as const;

/**
 * Colours code in workers, with the engine written in JavaScript: it needs neither WebAssembly nor the network.
 * The workers end with the view.
 */
export function HighlightPool({ children }: { children: ReactNode }) {
  return (
    <WorkerPoolContextProvider poolOptions={poolOptions} highlighterOptions={highlighterOptions}>
      {children}
    </WorkerPoolContextProvider>
  );
}
