/** How a field of a command is written as a flag, wherever one is read or shown. */

/** `waitMs` is `wait`, `costUsd` `cost`, each of `options` an `option`. */
export function flagName(name: string, kind: 'duration' | 'number' | 'list' | 'other'): string {
  if (kind === 'duration') return kebab(name.replace(/Ms$/, ''));
  if (kind === 'number') return kebab(name.replace(/Usd$/, ''));
  return kebab(kind === 'list' ? singular(name) : name);
}

export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`).replaceAll('_', '-');
}

function singular(name: string): string {
  if (/ies$/.test(name)) return name.replace(/ies$/, 'y');
  return name.replace(/(?<=sh|ch|x|ss)es$|(?<!s)s$/, '');
}
