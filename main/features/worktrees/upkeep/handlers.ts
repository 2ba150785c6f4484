/** What the upkeep of worktrees adds to its feature. */
import type { EffectHandler } from '../../../hub/feature.ts';
import type { Upkeep } from '../ports.ts';
import { pruneCommand, pruneEffect } from './prune.ts';
import { repairCommand, repairEffect } from './repair.ts';
import type { TeardownPorts } from './teardown.ts';
import { decideTell } from './works.ts';

export interface UpkeepPorts extends TeardownPorts {
  readonly upkeep: Upkeep;
}

export function upkeepCommands(ports: UpkeepPorts) {
  return {
    'worktree.repair': repairCommand(ports),
    'worktree.prune': pruneCommand(ports),
    'worktree.work_tell': { decide: decideTell },
  };
}

export function upkeepEffects(ports: UpkeepPorts): Readonly<Record<string, EffectHandler<never>>> {
  return {
    'worktree.repair': repairEffect(ports),
    'worktree.prune': pruneEffect(ports),
  } as Record<string, EffectHandler<never>>;
}
