/** This machine, as a node tells of it. */
import os from 'node:os';
import type { Machine } from '../../features/cluster/ports.ts';

export function thisMachine(version: string): Machine {
  return {
    look() {
      const cpus = Math.max(1, os.availableParallelism());
      return {
        ...{ version, host: os.hostname().slice(0, 255), cpus },
        platform: `${process.platform}-${process.arch}`,
        // Windows has no such average, and says 0.
        load: Math.min(1_000, Math.round(((os.loadavg()[0] ?? 0) / cpus) * 100) / 100),
      };
    },
  };
}
