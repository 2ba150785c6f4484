import type { Said, SettingKey, SettingValue } from '../../../preload/contract/settings-facts.ts';
import type { SettingChanged } from '../../../preload/contract/settings-fields.ts';
import type { ConfigFile } from '../../../preload/contract/settings.ts';
import type { Formatters } from './formatter.ts';
import { safeJson, oneLine } from './plain-text.ts';
import { table } from './table.ts';
import type { View } from './view.ts';

export const settingsFormats = {
  'settings.get': ({ files, keys, values }, view) =>
    [
      ...files.flatMap((file) => fileLines(file, view)),
      '',
      ...(values.length > 0 ? [valueTable(values, view), ''] : []),
      table(
        ['KEY', 'TYPE', 'DEFAULT', 'MEANS'],
        keys.map((one) => [one.key, one.type, standardOf(one), meaning(one)]),
        view,
      ),
    ].join('\n'),
  'settings.list': ({ values }, view) =>
    values.length === 0
      ? 'Nothing is set: all has its default. `musher settings` lists every key.'
      : valueTable(values, view),
  'settings.show': ({ key, about, values }, view) =>
    [
      oneLine(`${key}: ${about.type}${boundsOf(about)}`),
      `  ${oneLine(meaning(about))}.`,
      `  ${standardOf(about) === '' ? '' : `Default: ${oneLine(standardOf(about))}. `}Another value counts ${applied[about.applies]}.`,
      '',
      values.length === 0 ? 'No file says it: the default counts.' : valueTable(values, view),
    ].join('\n'),
  'settings.export': (document) => safeJson(document, 2),
  'settings.preview': ({ changes, leftOut }, view) => sayImport({ changes, leftOut }, view),
  'settings.import': ({ path, changes }) =>
    `${changes.length} ${changes.length === 1 ? 'setting' : 'settings'} taken over into ${oneLine(path)}.`,
  'settings.check': ({ problem }) =>
    problem === undefined ? 'It can.' : oneLine(`${problem.message} ${problem.mend}`),
  'settings.set': sayChanged,
  'settings.unset': sayChanged,
} satisfies Formatters;

const applied = { 'at-once': 'at once', 'next-agent': 'for what is started after it' } as const;

function standardOf({ default: standard, isRequired }: SettingKey): string {
  return standard ?? (isRequired ? 'required' : '');
}

function meaning({ help, ownOnly }: SettingKey): string {
  const isSaid = !ownOnly || help.includes('Only your own');
  return isSaid ? help : `${help}. Only your own config file is asked for it`;
}

function boundsOf({ min, max, unit, choices }: SettingKey): string {
  if (choices !== undefined) return '';
  const range = [min !== undefined && `from ${min}`, max !== undefined && `to ${max}`];
  return [...range, unit]
    .filter((one) => one !== false && one !== undefined)
    .map((one) => ` ${one}`)
    .join('');
}

function valueTable(values: readonly SettingValue[], view: View): string {
  return table(
    ['SET', 'IN', 'VALUE', ''],
    values.flatMap(({ key, said }) => said.map((one) => valueRow(key, one, view))),
    view,
  );
}

function valueRow(key: string, { in: file, value, not }: Said, { style }: View) {
  const text = JSON.stringify(value) ?? '';
  if (not === undefined) return [key, file, text, ''];
  return [
    { text: key, paint: style.dim },
    file,
    { text, paint: style.dim },
    `does not count: ${not}`,
  ];
}

function sayChanged(
  { key, in: file, path, isChanged, from, to, notes }: SettingChanged,
  { style }: View,
): string {
  const name = oneLine(key);
  const place = `${oneLine(path)} (${file})`;
  const said = !isChanged
    ? `${name} is ${oneLine(to ?? 'unset')} already in ${place}.`
    : to === undefined
      ? `${name} is taken out of ${place}; it was ${oneLine(from ?? '')}.`
      : `${name} = ${oneLine(to)} in ${place}${from === undefined ? '' : `; it was ${oneLine(from)}`}.`;
  return [said, ...notes.map((note) => style.dim(oneLine(note)))].join('\n');
}

export interface ImportPlan {
  readonly changes: ReadonlyArray<{
    readonly key: string;
    readonly from?: string | undefined;
    readonly to: string;
  }>;
  readonly leftOut: readonly string[];
}

export function sayImport({ changes, leftOut }: ImportPlan, view: View): string {
  const rows = changes.map(({ key, from = '', to }) => [key, from, to]);
  const left = leftOut.map(oneLine).join(', ');
  return [
    changes.length === 0
      ? 'Your file says all of it already.'
      : table(['KEY', 'NOW', 'THEN'], rows, view),
    ...(left === '' ? [] : [`Not in the document, as they may be secret: ${left}.`]),
  ].join('\n');
}

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
