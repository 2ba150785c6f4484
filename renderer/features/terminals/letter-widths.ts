/**
 * How wide letters are, measured once for all terminals of a look. Left alone, each of xterm's DOM painters measures each letter
 * for itself while it fills its rows, and every measurement lays out the page: of a view of twelve terminals that was half of
 * all the time until they stood.
 */
import type { Terminal } from '@xterm/xterm';

/** xterm's own; one for each terminal that the DOM paints. */
interface WidthCache {
  readonly _container: HTMLElement;
  /** Regular, bold, italic, both; each with its style. */
  readonly _measureElements: readonly HTMLElement[];
  readonly _font: string;
  readonly _fontSize: number;
  readonly _weight: unknown;
  readonly _weightBold: unknown;
  /** CSS pixels; 0 while nothing of it is laid out. `variant`: the place of its element. */
  _measure(letters: string, variant: number): number;
}

interface Core {
  readonly _renderService: {
    readonly _renderer: { readonly value?: { readonly _widthCache?: WidthCache } };
  };
}

/** As xterm has it: a single letter would be rounded to whole pixels. */
const repeat = 32;
/** What nearly all programs write: measured together when the first of it is asked for. */
const common = [
  ...fromTo(0x20, 0x7e),
  ...fromTo(0x2500, 0x257f),
  ...'█▌▐▀▄░▒▓■●○◯✓✔✗✘…·•❯›»→←↑↓⏺⎿',
];

const shared = new WeakSet<object>();
/** By look and variant, then by letter. */
const widths = new Map<string, Map<string, number>>();

/** The terminal must be open; by whatever it is painted, it may come to the DOM later. */
export function shareLetterWidths(terminal: Terminal): void {
  const { _core: core } = terminal as unknown as { _core: Core };
  const cache = core._renderService._renderer.value?._widthCache;
  if (cache === undefined) return;
  const prototype = Object.getPrototypeOf(cache) as WidthCache;
  if (shared.has(prototype)) return;
  shared.add(prototype);
  // A font that arrives late has other widths than what stood in for it.
  document.fonts.addEventListener('loadingdone', () => widths.clear());
  const measure = prototype._measure;
  prototype._measure = function (this: WidthCache, letters, variant) {
    const known = widthsOf(this, variant);
    const width = known.get(letters) ?? measure.call(this, letters, variant);
    if (width > 0) known.set(letters, width);
    return width;
  };
}

function widthsOf(cache: WidthCache, variant: number): Map<string, number> {
  const { _font, _fontSize, _weight, _weightBold } = cache;
  const look = [variant, devicePixelRatio, _fontSize, _weight, _weightBold, _font].join('|');
  const known = widths.get(look) ?? measureCommon(cache, variant);
  // What is not laid out now may be later.
  if (known.size > 0) widths.set(look, known);
  return known;
}

/** All of them at the price of one. */
function measureCommon(cache: WidthCache, variant: number): Map<string, number> {
  const sample = cache._measureElements[variant];
  const known = new Map<string, number>();
  if (sample === undefined) return known;
  const elements = common.map((letter) => {
    const element = sample.cloneNode() as HTMLElement;
    element.textContent = letter.repeat(repeat);
    return element;
  });
  cache._container.append(...elements);
  for (const [at, letter] of common.entries()) {
    const width = (elements[at]?.offsetWidth ?? 0) / repeat;
    if (width > 0) known.set(letter, width);
  }
  for (const element of elements) element.remove();
  return known;
}

function fromTo(first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, at) => String.fromCodePoint(first + at));
}
