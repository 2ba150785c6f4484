import type { ConfigFile } from '../../../preload/contract/settings.ts';
import type { Formatters } from './formatter.ts';
import { oneLine } from './plain-text.ts';
import { table } from './table.ts';
import type { View } from './view.ts';

export const settingsFormats = {
  'settings.get': ({ files, keys }, view) =>
    [
      ...files.flatMap((file) => fileLines(file, view)),
      '',
      table(
        ['KEY', 'TYPE', 'MEANS'],
        keys.map(({ key, type, help }) => [key, type, help]),
        view,
      ),
    ].join('\n'),
} satisfies Formatters;

const states: Readonly<Record<ConfigFile['state'], string>> = {
  absent: 'not there',
  good: 'in use',
  bad: 'not used; what it said when it was last good still applies',
};

function fileLines({ path, origin, state, problems }: ConfigFile, { style }: View): string[] {
  const paint = state === 'bad' ? style.red : style.dim;
  const faults = problems.map(({ line, key, message }) => {
    const where = [line && `line ${line}`, key && oneLine(key)].filter(Boolean).join(', ');
    return `  ${where === '' ? '' : `${where}: `}${oneLine(message)}`;
  });
  return [`${oneLine(path)} (${origin}): ${paint(states[state])}`, ...faults];
}
