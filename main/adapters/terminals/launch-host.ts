/** The process of a terminal host: its command, its environment, its log. It outlives whoever starts it. */
import { spawn } from 'node:child_process';
import { open, rename } from 'node:fs/promises';
import { reasonOf } from '../../base/result.ts';
import type { HostPlace } from '../../terminal-host/process/place.ts';
import { withoutMount } from '../app-image.ts';
import type { FindHostOptions, HostCommand } from './link-host.ts';

/**
 * Of V8. What a terminal says is garbage a moment later, and left to itself V8 makes ever more room for that: a flood
 * that is recorded for half a minute takes 230 MB where it takes 125 with this, at the same speed.
 */
const memoryFlags = ['--max-semi-space-size=4'];

export interface Child {
  /** Why it ended, once it did. */
  ended(): string | undefined;
}

/** Program and arguments of a host. */
export async function hostCommand({
  command,
}: Pick<FindHostOptions, 'command'>): Promise<HostCommand> {
  const [program, ...args] = typeof command === 'function' ? await command() : command;
  return [program, ...memoryFlags, ...args];
}

/** `command`: as `hostCommand` gives it. */
export async function launch(place: HostPlace, command: HostCommand): Promise<Child> {
  const [program, ...args] = command;
  // What the one before had to say is kept: it may be why it is gone.
  await rename(place.logFile, `${place.logFile}.before`).catch(() => undefined);
  // At its end, whoever writes: a host that takes over writes to the same.
  const log = await open(place.logFile, 'a', 0o600);
  try {
    const child = spawn(program, args, {
      cwd: place.folder,
      env: hostEnv(process.env),
      detached: true,
      windowsHide: true,
      stdio: ['ignore', log.fd, log.fd],
    });
    let ended: string | undefined;
    child.once('error', (error) => {
      ended = reasonOf(error);
    });
    child.once('exit', (code, signal) => {
      ended = `it ended with ${signal ?? `exit code ${code ?? 'unknown'}`}`;
    });
    child.unref();
    return { ended: () => ended };
  } finally {
    await log.close();
  }
}

/** It outlives whoever starts it, and is no part of the terminal or the script that it was started from. */
function hostEnv(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const foreign = /^(npm_|NODE_OPTIONS$|NODE_V8_COVERAGE$|VITEST|MUSHER_(TERMINAL|TOKEN|AGENT)$)/;
  const kept = Object.entries(withoutMount(env)).filter(([name]) => !foreign.test(name));
  return { ...Object.fromEntries(kept), ELECTRON_RUN_AS_NODE: '1' };
}
