/** A folder as it is read: below home with `~`. Pure. */
export function shownPath(path: string, home: string): string {
  if (home.length < 2 || !path.startsWith(home)) return path;
  const rest = path.slice(home.length);
  return rest === '' || /^[\\/]/.test(rest) ? `~${rest}` : path;
}

/** For a field: what is typed next goes into the folder. */
export function asTyped(path: string): string {
  const separator = path.includes('\\') ? '\\' : '/';
  return path.endsWith(separator) ? path : path + separator;
}
