/** What there is to know beside a change: that it does not count, that git keeps the file. Pure. */
import type { Origin } from '../../../preload/contract/settings-facts.ts';
import type { ConfigFiles } from './ports.ts';
import { saidValues } from './said.ts';

interface Told {
  readonly origin: Origin;
  readonly path: readonly string[];
  readonly isTracked: boolean;
}

export function notesOn(
  config: Pick<ConfigFiles, 'said'>,
  { origin, path, isTracked }: Told,
): string[] {
  const inside = saidValues(config.said()).filter((one) =>
    path.every((part, at) => one.path[at] === part),
  );
  const not = inside.flatMap(({ said }) => said.find((one) => one.in === origin)?.not ?? [])[0];
  const other = inside.flatMap(({ said }) => said.filter((one) => one.in !== origin && !one.not));
  const isFile = origin === 'repository';
  return [
    ...(not === undefined ? [] : [`It does not count: ${not}.`]),
    ...(other.length > 0 && inside.every(({ said }) => said.length === 1)
      ? [`What counts now is what ${isFile ? 'your own' : "the repository's"} file says.`]
      : []),
    ...(isFile && path[0] === 'profiles' && inside.length > 0
      ? ['Whoever uses this repository confirms the profile before it first runs.']
      : []),
    ...(isTracked ? ['git keeps this file: commit it when it suits.'] : []),
  ];
}
