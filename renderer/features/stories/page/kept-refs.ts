/** Names that commits are kept under, in a text that says so: somebody wants to copy them. Untrusted, so only what is nothing but such a name. */

const pattern = /(?<![\w/.-])refs\/musher\/[A-Za-z0-9][\w./-]{0,180}/g;
const most = 3;

export function keptRefsIn(text: string): readonly string[] {
  const found = text.match(pattern) ?? [];
  // The end of a sentence is none of the name.
  const names = found.map((ref) => ref.replace(/[./-]+$/, '')).filter((ref) => !ref.includes('..'));
  return [...new Set(names)].slice(0, most);
}
