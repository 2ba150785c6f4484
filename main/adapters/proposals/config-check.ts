/** A text of config.toml, held against the very schema that reads the file. */
import { parse, TomlError } from 'smol-toml';
import { reasonOf } from '../../base/result.ts';
import type { ConfigCheck } from '../../features/proposals/ports.ts';
import { checkConfig } from '../config/check.ts';
import { setKeys } from './set-keys.ts';

/** `reserved`: names that no profile may have. */
export function createConfigCheck(reserved: readonly string[]): ConfigCheck {
  return {
    check(text) {
      try {
        const values = parse(text);
        const checked = checkConfig(values, { text, reserved });
        return { values, problems: 'problems' in checked ? checked.problems : [] };
      } catch (error) {
        const [message = ''] = reasonOf(error).split('\n');
        const line = error instanceof TomlError ? { line: error.line } : {};
        return { values: {}, problems: [{ ...line, message }] };
      }
    },
    set: setKeys,
  };
}
