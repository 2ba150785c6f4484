/** What is said of a key or a table is taken out; comments that stand in lines of their own, or behind it, stay. Pure. */
import type { Source } from './toml-patch.ts';
import { spliced } from './toml-replace.ts';
import { type Entry, isSame, type Path, startsWith } from './toml-tree.ts';

type Range = readonly [from: number, to: number];

export function removed({ text, tree }: Source, path: Path): string {
  const element = elementAt(text, tree.entries, path);
  if (element !== undefined) return spliced(text, element, '');
  const isGone = (one: { readonly path: Path }) => startsWith(one.path, path);
  const headers = tree.sections.flatMap((one) => (one.header && isGone(one) ? [one.header] : []));
  const gone = tree.entries.filter(isGone);
  // What is inside of one that goes, goes with it.
  const outer = gone.filter(
    (one) => !gone.some((other) => other !== one && holds(other.range, one.range)),
  );
  const lines = [...headers, ...outer.filter((one) => !one.inline).map(({ range }) => range)];
  const inner = outer.filter((one) => one.inline);
  const ranges = [
    ...lines.map((range) => lineAround(text, range)),
    ...inner.map((entry) => inTable(text, entry)),
  ].toSorted(([one], [other]) => other - one);
  return ranges.reduce((next, range) => spliced(next, range, ''), text);
}

function holds(outer: Range, inner: Range): boolean {
  return outer[0] <= inner[0] && inner[1] <= outer[1];
}

/** With the end of the line, where nothing else stands in it. */
function lineAround(text: string, [from, to]: Range): Range {
  const start = text.lastIndexOf('\n', from - 1) + 1;
  const rest = /^[ \t]*(\r?\n|$)/.exec(text.slice(to));
  const isAlone = /^[ \t]*$/.test(text.slice(start, from));
  if (rest !== null && isAlone) return [start, to + rest[0].length];
  const gap = /^[ \t]*/.exec(text.slice(to))?.[0].length ?? 0;
  return [from, to + gap];
}

/** With the comma that parted it from its neighbour. */
function inTable(text: string, { range, inline }: Entry): Range {
  const at = inline?.at ?? 0;
  const before = inline?.table.body[at - 1];
  const after = inline?.table.body[at + 1];
  if (after !== undefined) return [range[0], after.range[0]];
  if (before !== undefined) return [before.range[1], range[1]];
  const gap = /^[ \t]*/.exec(text.slice(range[1]))?.[0].length ?? 0;
  return [range[0], range[1] + gap];
}

/** A row of a list in brackets, with its comma; what is said between it and the next stays. */
function elementAt(text: string, entries: readonly Entry[], path: Path): Range | undefined {
  const index = path.at(-1);
  const list = entries.find((one) => isSame(one.path, path.slice(0, -1)))?.value;
  if (list?.type !== 'TOMLArray' || typeof index !== 'number') return undefined;
  const row = list.elements[index];
  if (row === undefined) return undefined;
  const [from, to] = row.range;
  const comma = /^[ \t]*,[ \t]*/.exec(text.slice(to))?.[0].length;
  if (comma !== undefined) return [from, to + comma];
  const before = list.elements[index - 1]?.range[1] ?? from;
  return text.slice(before, from).includes('#') ? [from, to] : [before, to];
}
