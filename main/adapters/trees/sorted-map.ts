/**
 * A map from names that is read in order of name and never changed: a change gives another map, which shares all that it
 * does not concern. It costs a piece and the list of pieces, so a few paths among 20,000 do not copy 20,000.
 */

type Entry<V> = [string, V];

/** A piece is copied when one of its entries changes; the list of pieces each time. */
const mostInPiece = 256;

export class SortedMap<V> implements ReadonlyMap<string, V> {
  readonly size: number;
  /** None is empty. */
  private readonly pieces: ReadonlyArray<readonly Entry<V>[]>;

  private constructor(pieces: ReadonlyArray<readonly Entry<V>[]>, size: number) {
    this.pieces = pieces;
    this.size = size;
  }

  static of<V>(map: ReadonlyMap<string, V>): SortedMap<V> {
    const entries = [...map].sort(([a], [b]) => (a < b ? -1 : 1));
    return new SortedMap(cut(entries), entries.length);
  }

  /** What is from `from` to before `to` is these instead; they are in that range and in order. */
  replaced(from: string, to: string, entries: readonly Entry<V>[]): SortedMap<V> {
    const first = this.pieceOf(from);
    let last = Math.max(first, this.pieceOf(to));
    // Pieces that have become small become one with the next.
    if (last === first && (this.pieces[first]?.length ?? 0) < mostInPiece / 2) last++;
    const touched = this.pieces.slice(first, last + 1).flat();
    const before = touched.slice(0, placeIn(touched, from));
    const after = touched.slice(placeIn(touched, to));
    const size = this.size - touched.length + before.length + entries.length + after.length;
    const middle = cut([...before, ...entries, ...after]);
    const pieces = [...this.pieces.slice(0, first), ...middle, ...this.pieces.slice(last + 1)];
    return new SortedMap(pieces, size);
  }

  /** From `from` to before `to`. */
  between(from: string, to: string): Entry<V>[] {
    const touched = this.pieces.slice(this.pieceOf(from), this.pieceOf(to) + 1).flat();
    return touched.slice(placeIn(touched, from), placeIn(touched, to));
  }

  get(name: string): V | undefined {
    const piece = this.pieces[this.pieceOf(name)] ?? [];
    const found = piece[placeIn(piece, name)];
    return found?.[0] === name ? found[1] : undefined;
  }

  has(name: string): boolean {
    const piece = this.pieces[this.pieceOf(name)] ?? [];
    return piece[placeIn(piece, name)]?.[0] === name;
  }

  *entries(): Generator<Entry<V>, undefined> {
    for (const piece of this.pieces) yield* piece;
  }

  *keys(): Generator<string, undefined> {
    for (const [name] of this.entries()) yield name;
  }

  *values(): Generator<V, undefined> {
    for (const [, value] of this.entries()) yield value;
  }

  [Symbol.iterator](): Generator<Entry<V>, undefined> {
    return this.entries();
  }

  forEach(tell: (value: V, name: string, map: ReadonlyMap<string, V>) => void): void {
    for (const [name, value] of this.entries()) tell(value, name, this);
  }

  /** The last piece that begins at this name or before it; 0 where none does. */
  private pieceOf(name: string): number {
    let low = 0;
    let high = this.pieces.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.pieces[middle]?.[0]?.[0] ?? '') <= name) low = middle;
      else high = middle;
    }
    return low;
  }
}

/** Where the first entry is that is not before this name. */
function placeIn<V>(entries: readonly Entry<V>[], name: string): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.[0] ?? '') < name) low = middle + 1;
    else high = middle;
  }
  return low;
}

function cut<V>(entries: readonly Entry<V>[]): Entry<V>[][] {
  const pieces: Entry<V>[][] = [];
  for (let at = 0; at < entries.length; at += mostInPiece)
    pieces.push(entries.slice(at, at + mostInPiece));
  return pieces;
}
