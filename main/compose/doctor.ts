/** The doctor's machine: for a project that is open, and for a folder where no Musher runs. */
import { createConfirmations } from '../adapters/confirmations.ts';
import { findAppFiles } from '../adapters/app-files.ts';
import { endSoonDespiteHandles } from '../adapters/doctor/end-soon.ts';
import { createMachine, type MachineOptions } from '../adapters/doctor/machine.ts';
import { createGit } from '../adapters/git/run.ts';
import { systemClock } from '../base/clock.ts';
import { silentLogger } from '../base/logger.ts';
import { probePort } from '../broker/probe.ts';
import type { DoctorReport } from '../../preload/contract/doctor.ts';
import { builtInNames } from '../features/agents/index.ts';
import { examine } from '../features/doctor/index.ts';
import type { Machine } from '../features/doctor/ports.ts';
import { appDataFolder, openAppData } from './app-data.ts';

type Given = Pick<MachineOptions, 'folder' | 'port' | 'git' | 'version' | 'confirmed'>;

/** Fresh eyes for each examination. */
export function doctorMachine(given: Given): Machine {
  return createMachine({
    ...given,
    ...{ userFolder: appDataFolder(), reserved: builtInNames, probe: probePort },
    ...{ clock: systemClock, env: process.env, platform: process.platform },
  });
}

/** Looks by itself, with no Musher, for a command that ends then. Throws only when it is called off. */
export async function examineFolder(ask: {
  readonly folder: string;
  readonly port: number;
  readonly signal: AbortSignal;
}): Promise<DoctorReport> {
  const { folder, port, signal } = ask;
  const { version } = await findAppFiles(import.meta.filename);
  const machine = doctorMachine({
    ...{ folder, port, version },
    git: createGit({ clock: systemClock, env: process.env }),
    confirmed: createConfirmations(await openAppData(silentLogger)),
  });
  try {
    return await examine({ machine, clock: systemClock, signal });
  } finally {
    endSoonDespiteHandles();
  }
}
