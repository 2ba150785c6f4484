/** What config files say of the pipeline. The first file that says a thing counts: the user's own. Pure. */
import type { Config } from '../../../preload/contract/config.ts';
import type { GoodConfig } from '../settings/index.ts';
import type { PipelineSettings } from './ports.ts';

export const pipelineDefaults = { maxAgents: 3, maxNoProgress: 3, maxAttempts: 8 } as const;

export function pipelineSettings(files: readonly GoodConfig[]): PipelineSettings {
  const first = <K extends keyof Config['pipeline']>(key: K): Config['pipeline'][K] | undefined =>
    files.find(({ config }) => config.pipeline[key] !== undefined)?.config.pipeline[key];
  const maxOf: Record<string, number> = {};
  for (const { config } of files)
    for (const [name, { max_agents: most }] of Object.entries(config.pipeline.profiles))
      if (most !== undefined) maxOf[name] ??= most;
  return {
    profile: first('profile'),
    maxAgents: first('max_agents') ?? pipelineDefaults.maxAgents,
    maxNoProgress: first('max_no_progress') ?? pipelineDefaults.maxNoProgress,
    maxAttempts: first('max_attempts') ?? pipelineDefaults.maxAttempts,
    maxOf,
  };
}
