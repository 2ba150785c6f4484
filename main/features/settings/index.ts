/** Settings: what the config files say is used by others; here is what they are, and what is wrong with them. */
import { settings as contract } from '../../../preload/contract/settings.ts';
import type { Logger } from '../../base/logger.ts';
import { ok } from '../../base/result.ts';
import type { Feature, Life } from '../../hub/feature.ts';
import { feature } from '../../hub/feature.ts';
import { configKeys } from './config-keys.ts';
import type { ConfigFiles } from './ports.ts';

export type { ConfigProfile, GoodConfig } from './ports.ts';

export function settingsFeature({ config }: { readonly config: ConfigFiles }): Feature {
  return feature(contract, {
    initial: {},
    version: 1,
    commands: {},
    queries: {
      'settings.get': async () => ok({ files: [...config.files()], keys: configKeys() }),
    },
    reduce: {},
    start: (life: Life<object>) => showFiles(config, life),
  });
}

function showFiles(config: ConfigFiles, { live, logger, own }: Life<object>): void {
  const show = (): void => {
    for (const file of config.files()) {
      if (live.of('configFile').get(file.path) === file) continue;
      live.put('configFile', file.path, file);
      tellProblems(file.path, file.problems, logger);
    }
  };
  own(config.onChange(show));
  show();
}

function tellProblems(
  file: string,
  problems: ReadonlyArray<{ readonly line?: number | undefined; readonly message: string }>,
  logger: Logger,
): void {
  for (const { line, message } of problems)
    logger.warn({ file, line, problem: message }, 'a config file is not used as it is');
}
