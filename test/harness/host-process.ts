// A terminal host as it is shipped: a process of its own, in a data folder of its own. All gone when disposed.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { remoteTerminals, shutDownHost } from '../../main/adapters/terminals/remote-terminals.ts';
import { systemClock } from '../../main/base/clock.ts';
import { silentLogger } from '../../main/base/logger.ts';
import type { Terminals } from '../../main/features/terminals/ports.ts';
import { hostPlace } from '../../main/terminal-host/process/place.ts';

const built = fileURLToPath(new URL('../../dist/main/terminal-host-process.js', import.meta.url));

export interface HostProcess {
  readonly terminals: Terminals;
  dispose(): Promise<void>;
}

/** `program`: that of another build. */
export async function openHostProcess(program = built): Promise<HostProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'musher-host-'));
  const options = {
    place: hostPlace(folder, process.platform),
    command: [process.execPath, program, '--data', folder] as const,
    clock: systemClock,
  };
  const terminals = remoteTerminals({ ...options, log: silentLogger });
  await terminals.list();
  return {
    terminals,
    async dispose() {
      await terminals.dispose();
      await shutDownHost(options);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
