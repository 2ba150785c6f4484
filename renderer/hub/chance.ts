/** The page's one source of chance. */

/** As good as keys are made of; also on a page that came over plain HTTP. */
export function chanceBytes(count: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(count));
}
