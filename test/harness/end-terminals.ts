// After all tests: the terminal host that those in a test's own process shared ends, and none of them left an agent in it.
// Repositories that were kept to be copied go as well.

import { rm } from 'node:fs/promises';
import { shutDownHost } from '../../main/adapters/terminals/remote-terminals.ts';
import { systemClock } from '../../main/base/clock.ts';
import { hostPlace } from '../../main/terminal-host/process/place.ts';
import { readState } from '../../main/terminal-host/process/state.ts';
import type { TestProject } from 'vitest/node';

let folder: string | undefined;
let templates: string | undefined;

export function setup({ config }: TestProject): void {
  folder = config.env.MUSHER_DATA;
  templates = config.env.MUSHER_TEST_TEMPLATES;
}

export async function teardown(): Promise<void> {
  if (templates !== undefined) await rm(templates, { recursive: true, force: true });
  if (folder === undefined) return;
  const place = hostPlace(folder, process.platform);
  const state = await readState(place.stateFile);
  // Nobody opened a terminal.
  if (state === undefined) return;
  const left = state.terminals;
  await shutDownHost({ place, command: [process.execPath], clock: systemClock });
  await rm(folder, { recursive: true, force: true });
  if (left.length > 0)
    throw new Error(`tests left agents running: ${left.map(({ id }) => id).join(', ')}`);
}
