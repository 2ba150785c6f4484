/** Another value in the place of one that is there. Pure. */
import type { AST } from 'toml-eslint-parser';
import { getStaticTOMLValue } from 'toml-eslint-parser';
import { isDeepStrictEqual } from 'node:util';
import type { Source } from './toml-patch.ts';
import { type TomlValue, tomlText } from '../../../preload/contract/toml-text.ts';
import type { Entry } from './toml-tree.ts';

/** First so that what did not change of a list stays as it is written, with its comments. */
export function* replaced({ text }: Source, { value: node }: Entry, value: TomlValue) {
  const isList = node.type === 'TOMLArray' && Array.isArray(value) && node.elements.length > 0;
  if (isList) yield patchedList(text, node, value as readonly TomlValue[]);
  yield spliced(text, node.range, tomlText(value));
}

export function spliced(text: string, [from, to]: readonly number[], by: string): string {
  return text.slice(0, from) + by + text.slice(to);
}

/** What is the same at both ends stays; in between, one is put in the place of another, and what is over is put in or taken out. */
function patchedList(text: string, node: AST.TOMLArray, wanted: readonly TomlValue[]): string {
  const old: readonly unknown[] = node.elements.map((one) => getStaticTOMLValue(one));
  const most = Math.min(old.length, wanted.length);
  let head = 0;
  while (head < most && isDeepStrictEqual(old[head], wanted[head])) head += 1;
  let tail = 0;
  while (tail < most - head && isDeepStrictEqual(old.at(-1 - tail), wanted.at(-1 - tail)))
    tail += 1;
  const gone = node.elements.slice(head, old.length - tail);
  const come = wanted.slice(head, wanted.length - tail).map(tomlText);
  if (gone.length === come.length)
    return gone.reduceRight((next, one, at) => spliced(next, one.range, come[at] ?? ''), text);
  if (gone.length > come.length || head === 0) return spliced(text, node.range, tomlText(wanted));
  // One or more come behind what stays or is exchanged.
  const [more, exchanged] = [come.slice(gone.length), come.slice(0, gone.length)];
  const last = node.elements[head + gone.length - 1];
  if (last === undefined) return spliced(text, node.range, tomlText(wanted));
  const indent = indentOf(text, last.range[0]);
  const between = indent === undefined ? ', ' : `,\n${indent}`;
  const longer = spliced(text, [last.range[1], last.range[1]], between + more.join(between));
  return gone.reduceRight((next, one, at) => spliced(next, one.range, exchanged[at] ?? ''), longer);
}

/** Of what begins a line; undefined where something stands before it there. */
function indentOf(text: string, at: number): string | undefined {
  const before = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  return /^[ \t]*$/.test(before) && text.lastIndexOf('\n', at - 1) !== -1 ? before : undefined;
}
