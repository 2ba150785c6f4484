/**
 * On which line of a TOML file a key stands: its parser tells only of faults in the grammar. Tables and plain `key =` lines
 * are followed; of what is inside an inline table, the line of that table is told. Pure.
 */

/** From 1; the line of the nearest table around it where it has none of its own; undefined where there is none either. */
export function lineOfKey(text: string, path: readonly PropertyKey[]): number | undefined {
  const wanted = path.map(String);
  let table: readonly string[] = [];
  let best: { readonly line: number; readonly depth: number } | undefined;
  const listed = new Map<string, number>();
  for (const [index, line] of text.split('\n').entries()) {
    const [, opening, header] = /^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?/.exec(line) ?? [];
    if (header !== undefined) table = partsOf(header);
    // Of a list of tables: which one it is stands nowhere.
    if (header !== undefined && opening === '[[') {
      const at = listed.get(header) ?? 0;
      listed.set(header, at + 1);
      table = [...table, String(at)];
    }
    const key = /^\s*((?:"[^"]*"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[\w-]+))*)\s*=/.exec(
      line,
    )?.[1];
    const here =
      key === undefined ? (header === undefined ? [] : table) : [...table, ...partsOf(key)];
    // A table may be opened below the key that is looked for.
    const depth = Math.min(here.length, wanted.length);
    if (depth === 0 || depth <= (best?.depth ?? 0)) continue;
    if (here.slice(0, depth).every((part, i) => part === wanted[i]))
      best = { line: index + 1, depth };
  }
  return best?.line;
}

function partsOf(key: string): string[] {
  return [...key.matchAll(/"([^"]*)"|'([^']*)'|([\w-]+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );
}
