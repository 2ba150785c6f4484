// Walks that `npm run torture` alone takes: each of their steps is in a shorter one too.

import { test } from '@playwright/test';
import { rounds } from '../harness/rounds.ts';

type Body = Parameters<typeof test>[2];

/** Declares the test at length only. What it proves must be proved more briefly elsewhere, which a word beside it names. */
export const testAtLength: (title: string, body: Body) => void =
  rounds(0, 1) === 1 ? test : () => undefined;
