/** Keys as the user's own config file has them, live: read again when that file changes. */
import { useEffect } from 'react';
import { create } from 'zustand';
import type { SettingValue } from '../../../preload/contract/settings-facts.ts';
import { useQuery } from '../../hub/use-command.ts';
import { useLiveTable } from '../../hub/use-records.ts';
import { setKeyTable } from '../../ui/key-scope.tsx';
import { type KeyChoices, toTable } from './key-actions.ts';
import { keyGroups } from './key-groups.ts';
import { sortChoices } from './key-rules.ts';

interface KeyConfig {
  readonly choices: KeyChoices;
  /** The file that has them, and what is wrong with it as far as keys go. */
  readonly path: string | undefined;
  readonly problems: readonly string[];
  /** What it says and cannot be. */
  readonly refused: readonly string[];
}

export const useKeyChoices = create<KeyConfig>(() => ({
  choices: {},
  path: undefined,
  problems: [],
  refused: [],
}));

/** Once, in the shell. */
export function useKeyConfig(): void {
  const files = useLiveTable('configFile');
  const own = files?.values().find(({ origin }) => origin === 'user');
  const { result, reload } = useQuery('settings.list', own && { words: 'keys' });
  const state = own && `${own.hash} ${own.state}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the file says now
  useEffect(reload, [state, reload]);
  useEffect(() => {
    if (result === undefined) return;
    const choices = toChoices(result.values);
    const { good, refused } = sortChoices(keyGroups(), choices);
    useKeyChoices.setState({ choices: good, refused });
    setKeyTable(toTable(keyGroups(), good));
  }, [result]);
  useEffect(() => {
    const problems = (own?.problems ?? []).flatMap(({ key, line, message }) =>
      key?.startsWith('keys') === true || own?.state === 'bad'
        ? [line === undefined ? message : `Line ${line}: ${message}`]
        : [],
    );
    useKeyChoices.setState({ path: own?.path, problems });
  }, [own]);
}

/** A repository chooses no keys. */
function toChoices(values: readonly SettingValue[]): KeyChoices {
  const said = values.find(({ key }) => key === 'keys')?.said;
  const own = said?.find((one) => one.in === 'user')?.value ?? {};
  return Object.fromEntries(
    Object.entries(own).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  );
}
