/** The frame that a prompt stands in. It begins in the first column, where a CLI puts no text of anybody else's. Pure. */
import { matchPhrase } from '../screen-phrases.ts';
import type { PromptShape } from './prompt-shape.ts';

export interface Region {
  /** From top to bottom, without the frame. */
  readonly lines: readonly string[];
  /** What stands in a box inside of it, without that box. */
  readonly inner: readonly string[];
}

/** Undefined where the screen does not end with one. */
export function frameOf(
  { frame, asks }: PromptShape,
  lines: readonly string[],
): Region | undefined {
  if (frame === 'box') return boxOf(lines);
  const top =
    frame === 'rule'
      ? lines.findLastIndex((line) => /^─{20,}$/.test(line))
      : lines.findIndex((line) => matchPhrase(line.trim(), asks));
  if (top < 0) return undefined;
  return { lines: lines.slice(frame === 'rule' ? top + 1 : top), inner: [] };
}

export function isBorder(line: string): boolean {
  return /^[╭╰]─+[╮╯]$|^─{4,}$/.test(line.trim());
}

function boxOf(lines: readonly string[]): Region | undefined {
  if (!/^╰─+╯$/.test(lines.at(-1) ?? '')) return undefined;
  let top = lines.length - 2;
  while (top >= 0 && /^│.*│$/.test(lines[top] ?? '')) top -= 1;
  const isTop = lines[top] === lines.at(-1)?.replace('╰', '╭').replace('╯', '╮');
  if (!isTop) return undefined;
  const content = lines.slice(top + 1, -1).map((line) => line.slice(2, -1).trimEnd());
  return { lines: content, inner: innerOf(content) };
}

/** From the first border to the last one: a line inside has its own on both sides, so none of it is taken for the end. */
function innerOf(content: readonly string[]): string[] {
  const top = content.findIndex((line) => /^╭─+╮$/.test(line));
  const end = content.findLastIndex((line) => /^╰─+╯$/.test(line));
  if (top < 0 || end < top) return [];
  const within = content.slice(top + 1, end);
  return within.every((line) => /^│.*│$/.test(line))
    ? within.map((line) => line.slice(2, -1).trimEnd())
    : [];
}
