/** Settings: what the config files say is used by others; here is what they say, what is wrong with them, and how they are changed. */
import type { EventData } from '../../../preload/contract/define.ts';
import type { SettingValue } from '../../../preload/contract/settings-facts.ts';
import { settings as contract } from '../../../preload/contract/settings.ts';
import type { Logger } from '../../base/logger.ts';
import { ok, refuse } from '../../base/result.ts';
import type { Feature, Life } from '../../hub/feature.ts';
import { feature } from '../../hub/feature.ts';
import { problemOf, type SettingsPorts, settingsCommands } from './commands.ts';
import { configKeys } from './config-keys.ts';
import { requireKey } from './find-key.ts';
import { planImport } from './importing.ts';
import type { ConfigFiles, Values } from './ports.ts';
import { keyText, saidValues } from './said.ts';
import { exportedDocument } from './transfer.ts';

export type { ConfigProfile, GoodConfig } from './ports.ts';
export type { SettingsPorts } from './commands.ts';

export function settingsFeature(ports: SettingsPorts): Feature {
  const { config, settingsStore } = ports;
  const values = () => saidValues(config.said());
  return feature(contract, {
    initial: {},
    version: 1,
    commands: settingsCommands(ports),
    queries: {
      'settings.get': async () =>
        ok({ files: [...config.files()], keys: [...configKeys()], values: values() }),
      'settings.list': async ({ words }) => ok({ values: values().filter(hasWords(words)) }),
      'settings.export': async () => ok(exportedDocument(ownValues(config))),
      'settings.preview': async ({ document }) => {
        const plan = await planImport(ports, document);
        if (!plan.ok) return plan;
        const { path, hash, changes, leftOut } = plan.value;
        return ok({ path, hash, changes, leftOut });
      },
      'settings.check': async (data) => {
        const problem = await problemOf(ports, data);
        if (problem === undefined) return ok({ isPossible: true });
        const { mend, details } = problem;
        // Beside its field, the key and the value need not be named.
        const message = typeof details?.problem === 'string' ? details.problem : problem.message;
        return ok({ isPossible: false, problem: { message, mend } });
      },
      'settings.show': async ({ key }) => {
        const path = settingsStore.key(key);
        if (path === undefined)
          return refuse('SETTING_UNKNOWN', { key, hint: 'it is no key such as limits.turns' });
        const found = requireKey(path, key);
        if (!found.ok) return found;
        const inside = values().filter((one) => path.every((part, at) => one.path[at] === part));
        return ok({ key: keyText(path), about: found.value.of, values: inside });
      },
    },
    reduce: {},
    describe: {
      'settings.changed': ({ data }) => sayChange(data as Changed),
    },
    start: (life: Life<object>) => showFiles(config, life),
  });
}

function ownValues(config: ConfigFiles): Values {
  return config.said().find(({ origin }) => origin === 'user')?.values ?? {};
}

type Changed = EventData<typeof contract, 'settings.changed'>;

function sayChange({ in: origin, key, to }: Changed): string {
  const whose = origin === 'user' ? 'your own' : "the repository's";
  return `Setting changed in ${whose} file: ${key}${to === undefined ? '' : ` = ${to}`}.`;
}

function hasWords(words: string): (value: SettingValue) => boolean {
  const wanted = words.toLowerCase().split(/\s+/);
  return ({ key }) => wanted.every((word) => key.toLowerCase().includes(word));
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
