/**
 * Finds the prompt that a CLI's screen ends with. Pure. Only a live one counts: it is the last thing on the screen, whole, with its
 * frame and both its options. What an agent prints stands inside the CLI's own frames or above its input, and is none.
 */
import { matchPhrase } from '../screen-phrases.ts';
import { frameOf, isBorder, type Region } from './frames.ts';
import { optionsOf } from './options.ts';
import type { PromptShape, ScreenPrompt } from './prompt-shape.ts';

/** What is longer is no prompt that an operator could read, and is left to its terminal. */
export const maxPromptChars = 20_000;

export function findPrompt(
  shapes: readonly PromptShape[],
  screen: string,
): ScreenPrompt | undefined {
  const lines = screen.split('\n').map((line) => line.trimEnd());
  while (lines.length > 0 && lines.at(-1) === '') lines.pop();
  for (const shape of shapes) {
    const found = readShape(shape, lines);
    if (found !== undefined && found.text.length <= maxPromptChars) return found;
  }
  return undefined;
}

/** Of another width only what is not blank counts: lines break elsewhere. */
export function isSamePrompt(a: Seen, b: Seen): boolean {
  if (a.text === b.text) return true;
  return a.cols !== b.cols && bare(a.text) === bare(b.text);
}

export interface Seen {
  readonly text: string;
  readonly cols: number;
}

const bare = (text: string) => text.replace(/\s+/g, '');

function readShape(shape: PromptShape, lines: readonly string[]): ScreenPrompt | undefined {
  if (shape.frame === 'line') return readLine(shape, lines);
  const region = frameOf(shape, lines);
  if (region === undefined) return undefined;
  const options = optionsOf(region.lines);
  if (options === undefined) return undefined;
  const body = region.lines.slice(0, options.at);
  if (!body.some((line) => matchPhrase(line.trim(), shape.asks))) return undefined;
  const allow = options.keyOf(shape.allow);
  const deny = options.keyOf(shape.deny);
  if (allow === undefined || deny === undefined) return undefined;
  const what = whatOf(shape, region, body);
  if (what === undefined) return undefined;
  const text = wordsOf([...body, ...options.labels, ...options.rest]);
  return promptOf(shape, { ...what, text, keys: { allow, deny } });
}

/** Nothing frames it, so all that stands right above it may belong to it. */
function readLine(shape: PromptShape, lines: readonly string[]): ScreenPrompt | undefined {
  const asks = lines.at(-1) ?? '';
  if (!matchPhrase(asks, shape.asks) || shape.keys === undefined) return undefined;
  const above = lines.slice(0, -1);
  const from = above.lastIndexOf('') + 1;
  const what = above.slice(from);
  const { keys } = shape;
  const isWhole = what.length === 1 && from > 0 && !/^\s*#/.test(what[0] ?? '');
  return promptOf(shape, { what, title: asks, isWhole, text: [...what, asks].join('\n'), keys });
}

interface Found {
  readonly what: readonly string[];
  readonly title: string;
  readonly isWhole: boolean;
  readonly text: string;
  readonly keys: ScreenPrompt['keys'];
}

function promptOf(shape: PromptShape, { what, title, isWhole, text, keys }: Found): ScreenPrompt {
  const said = what.join('\n');
  const input = JSON.stringify(inputOf(shape, said, title));
  const isExact = isWhole && what.length === 1;
  return { tool: shape.tool, input, text, isWhole, isExact, keys };
}

function inputOf({ tool, path }: PromptShape, said: string, title: string): object {
  if (tool === 'shell') return { command: said, title };
  const named = path === undefined ? undefined : matchPhrase(title, path)?.at(-1);
  return named === undefined ? { shown: said, title } : { file_path: named, shown: said, title };
}

type What = Pick<Found, 'what' | 'title' | 'isWhole'>;

/** Undefined where nothing says what is to be used: then nobody could decide about it. */
function whatOf(shape: PromptShape, { inner }: Region, body: readonly string[]): What | undefined {
  const title = body.map(plain).find((line) => line !== '') ?? '';
  const said = trimmed(linesOf(shape, inner, body));
  if (said.length === 0) return undefined;
  const isCut = [...said, title].some(
    (line) => line.includes('…') || (shape.cut !== undefined && matchPhrase(line, shape.cut)),
  );
  return { what: said, title, isWhole: !isCut };
}

function linesOf(
  { what, asks }: PromptShape,
  inner: readonly string[],
  body: readonly string[],
): readonly string[] {
  if (what === 'inner') return inner;
  if (what === 'all') return body.map(plain).filter((line) => !isBorder(line));
  if (what === 'dollar') {
    const at = body.findIndex((line) => /^\s*\$ /.test(line));
    if (at < 0) return [];
    return body
      .slice(at)
      .map((line, index) => (index === 0 ? line.replace(/^\s*\$ /, '') : plain(line)));
  }
  const end = body.findLastIndex((line) => matchPhrase(line.trim(), asks));
  return body
    .slice(0, end)
    .flatMap((line) => (/^ {3}/.test(line) || line === '' ? [line.slice(3)] : []));
}

/** Without the boxes inside, which are of another width on another screen. */
function wordsOf(lines: readonly string[]): string {
  const words = lines.filter((line) => !isBorder(line)).map((line) => plain(unboxed(line)));
  return words.join('\n').trim();
}

const unboxed = (line: string) => line.trim().replace(/^│ (.*)│$/, '$1');

function trimmed(lines: readonly string[]): readonly string[] {
  const from = lines.findIndex((line) => line.trim() !== '');
  const to = lines.findLastIndex((line) => line.trim() !== '');
  return from < 0 ? [] : lines.slice(from, to + 1);
}

const plain = (line: string) => line.trim();
