/** The numbered options at the end of a prompt. Pure. */
import { matchPhrase } from '../screen-phrases.ts';

export interface Options {
  /** The line of the first. */
  readonly at: number;
  /** With their numbers, without the mark of the one that is chosen just now. */
  readonly labels: readonly string[];
  /** What stands below them. */
  readonly rest: readonly string[];
  /** The key of the one option whose words fit; undefined for none and for several. */
  keyOf(phrase: string): string | undefined;
}

const optionLine = /^\s*[❯›●>]?\s*([1-9])\. (.+)$/;

/** Undefined unless they are numbered from 1 on. Of two lists the last counts: it is what the CLI itself puts there. */
export function optionsOf(lines: readonly string[]): Options | undefined {
  const at = lines.findLastIndex((line) => optionLine.exec(line)?.[1] === '1');
  if (at < 0) return undefined;
  const labels: string[] = [];
  let line = at;
  for (; line < lines.length && lines[line]?.trim() !== ''; line += 1) {
    const [, number, words] = optionLine.exec(lines[line] ?? '') ?? [];
    if (number === undefined || words === undefined)
      labels.push(`${labels.pop()} ${lines[line]?.trim()}`);
    else if (Number(number) !== labels.length + 1) return undefined;
    else labels.push(`${number}. ${words}`);
  }
  return { at, labels, rest: lines.slice(line), keyOf: (phrase) => keyOf(labels, phrase) };
}

function keyOf(labels: readonly string[], phrase: string): string | undefined {
  const fitting = labels.filter((label) => matchPhrase(label.slice(3), phrase) !== undefined);
  return fitting.length === 1 ? fitting[0]?.[0] : undefined;
}
