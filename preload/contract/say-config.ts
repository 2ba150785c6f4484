/** What a change has to do with Musher’s own configuration, in words. Loads no schema. */

interface Touched {
  readonly path: string;
  readonly oldPath?: string | undefined;
}

/** On a disk that takes no account of case, any spelling of it is the file. */
export function touchesConfig({ path, oldPath }: Touched): boolean {
  return [path, oldPath].some((name) => /^\.musher(\/config\.toml)?$/i.test(name ?? ''));
}
