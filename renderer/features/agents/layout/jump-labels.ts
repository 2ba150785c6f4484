/** Letters to jump by: each agent in sight has one, or two when there are many. Pure. */

/** Under the fingers first. Without those that are read as others. */
const letters = 'asdfghjkleruiowncmvtypbxzq';

/** In the order given; for more than 26 each has two, so that no label is the beginning of another. */
export function labelsFor(ids: readonly string[]): ReadonlyMap<string, string> {
  if (ids.length <= letters.length)
    return new Map(ids.map((id, at) => [id, letters.charAt(at)] as const));
  return new Map(
    ids
      .slice(0, letters.length ** 2)
      .map((id, at) => [
        id,
        letters.charAt(Math.floor(at / letters.length)) + letters.charAt(at % letters.length),
      ]),
  );
}

export type Jump =
  | { readonly kind: 'to'; readonly id: string }
  | { readonly kind: 'more'; readonly typed: string }
  /** No label begins so. */
  | { readonly kind: 'none' };

export function jumpBy(labels: ReadonlyMap<string, string>, typed: string): Jump {
  for (const [id, label] of labels) if (label === typed) return { kind: 'to', id };
  const isBegun = [...labels.values()].some((label) => label.startsWith(typed));
  return isBegun ? { kind: 'more', typed } : { kind: 'none' };
}
