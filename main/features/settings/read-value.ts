/** A value as it was typed, for the key that it is for. Pure. */
import { type Result, ok, refuse } from '../../base/result.ts';
import type { FoundKey } from './find-key.ts';
import type { ConfigValue } from './ports.ts';
import { keyText } from './said.ts';

/** Where a text is wanted, one without quotes is one, whatever else it could be: `1.0`, `true`, `origin`. */
export function readValue(
  { of, part, path }: FoundKey,
  typed: string,
  asToml: ConfigValue | undefined,
): Result<ConfigValue> {
  const wantsText =
    part === 'pair' || (part === 'whole' && ['text', 'duration', 'choice'].includes(of.kind));
  if (wantsText) return ok(typeof asToml === 'string' ? asToml : typed);
  if (asToml !== undefined) return ok(asToml);
  const value = JSON.stringify(typed.length > 80 ? `${typed.slice(0, 79)}…` : typed);
  const problem = `expected ${wanted(of.kind, part)}, as TOML has it.`;
  return refuse('SETTING_INVALID', { key: keyText(path), of: of.key, value, problem });
}

function wanted(kind: FoundKey['of']['kind'], part: FoundKey['part']): string {
  if (part === 'row') return 'a table such as { name = "value" }';
  switch (kind) {
    case 'number':
      return 'a number';
    case 'switch':
      return 'true or false';
    case 'texts':
      return 'a list such as ["a", "b"]';
    case 'commands':
      return 'a list of lists such as [["npm", "ci"]]';
    default:
      return 'a table such as { name = "value" }';
  }
}
