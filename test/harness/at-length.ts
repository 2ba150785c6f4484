// Cases of `npm run torture` alone: long ones of a kind that `npm test` has a short one of.

import { it } from 'vitest';
import { rounds } from './rounds.ts';

/** Declares the case at length only. What it proves must be proved more briefly beside it. */
export const itAtLength: (title: string, body: () => Promise<void>, timeoutMs?: number) => void =
  rounds(0, 1) === 1 ? it : () => undefined;
