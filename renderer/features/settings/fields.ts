/** From a value to what stands in its field, and back to what is sent. Pure. */
import type { SettingKind } from '../../../preload/contract/settings-facts.ts';
import { type TomlValue, tomlText } from '../../../preload/contract/toml-text.ts';

/** What stands in the field of this value; empty where there is none. */
export function fieldText(kind: SettingKind, value: unknown): string {
  if (value === undefined) return '';
  switch (kind) {
    case 'texts':
      return (value as readonly string[]).join('\n');
    case 'commands':
      return (value as ReadonlyArray<readonly string[]>).map(commandText).join('\n');
    case 'pairs':
      return Object.entries(value as Readonly<Record<string, string>>)
        .map(([name, one]) => `${name}=${one}`)
        .join('\n');
    case 'group':
    case 'rows':
      return tomlText(value as TomlValue);
    default:
      return String(value);
  }
}

/** As `settings.set` takes it; undefined: it is to be taken out. */
export function sentText(kind: SettingKind, field: string): string | undefined {
  const lines = field.split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 0) return undefined;
  switch (kind) {
    case 'texts':
      return tomlText(lines);
    case 'commands':
      return tomlText(lines.map(words));
    case 'pairs':
      return tomlText(
        Object.fromEntries(
          lines.map((line) => {
            const [name = '', ...rest] = line.split('=');
            return [name.trim(), rest.join('=')];
          }),
        ),
      );
    case 'text':
    case 'choice':
    case 'duration':
      return tomlText(field.trim());
    default:
      return field.trim();
  }
}

function commandText(command: readonly string[]): string {
  return command
    .map((word) => (/^[\w@%+=:,./{}-]+$/.test(word) ? word : JSON.stringify(word)))
    .join(' ');
}

/** Parted by blanks; what stands in quotes is one word. */
function words(line: string): string[] {
  return [...line.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) =>
      double === undefined ? (single ?? bare ?? '') : double.replace(/\\(.)/g, '$1'),
  );
}
