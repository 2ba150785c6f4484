// Before the end-to-end tests: a folder for the pages of test/fixtures, which a run builds once; and its end.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pagesOfRun } from '../test/harness/fixture-page.ts';

/** What it returns is run after the tests; what it puts into the environment, the workers have. */
export default async function makePagesOfRun(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'musher-pages-'));
  process.env[pagesOfRun] = folder;
  return () => rm(folder, { recursive: true, force: true });
}
