/** Texts of config files for settings: read, checked and patched. Pure. */
import { parse } from 'smol-toml';
import type { SettingsStore, Values } from '../../features/settings/ports.ts';
import { checkConfig } from './check.ts';
import { faultOf } from './config-files.ts';
import { patchToml } from './toml-patch.ts';
import { typedKey, typedValue } from './typed.ts';

export type SettingsText = Pick<SettingsStore, 'check' | 'patch' | 'key' | 'value'>;

/** `reserved`: names that no profile may have. */
export function settingsText(reserved: readonly string[]): SettingsText {
  return {
    check(text, origin) {
      try {
        const values = parse(text);
        const checked = checkConfig(values, { text, reserved, origin });
        const problems = 'problems' in checked ? checked.problems : [];
        return { values: values as Values, problems };
      } catch (error) {
        return { values: {}, problems: [faultOf(error)] };
      }
    },
    patch: patchToml,
    key: typedKey,
    value: typedValue,
  };
}
