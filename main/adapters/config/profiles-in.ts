/** The profiles that config files define; of one name the first file's. Pure. */
import { createHash } from 'node:crypto';
import type { Config } from '../../../preload/contract/config.ts';
import type { ConfigFile } from '../../../preload/contract/settings.ts';
import type { ConfigProfile } from '../../features/settings/ports.ts';

interface Read {
  readonly file: ConfigFile;
  readonly config: Config | undefined;
}

export function profilesIn(reads: readonly Read[], root: string): ConfigProfile[] {
  const found = new Map<string, ConfigProfile>();
  for (const { file, config } of reads)
    for (const [name, profile] of Object.entries(config?.profiles ?? {}))
      if (!found.has(name))
        found.set(name, {
          ...{ name, origin: file.origin, config: profile },
          hash: createHash('sha256')
            .update(JSON.stringify([root, name, profile]))
            .digest('hex'),
        });
  return [...found.values()];
}
