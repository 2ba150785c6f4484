/** Lines of a megabyte are cut for the eye: a browser spends seconds on one, and nobody reads it. Pure. */

/** A line that is longer than this, in UTF-16 units, keeps its first ones. */
export const maxLineChars = 2_000;

/** The section with its long lines cut, each with a mark of how much is not shown. Numbers of lines stay. */
export function cutLongLines(section: string): string {
  return section.split('\n').map(cut).join('\n');
}

function cut(line: string): string {
  // The first character is the sign of the line; a header of a file or hunk begins with none of these.
  if (line.length <= maxLineChars || !/^[-+ ]/.test(line)) return line;
  const kept = line
    .slice(0, maxLineChars)
    .toWellFormed()
    .replace(/\uFFFD$/, '');
  return `${kept}‹… ${(line.length - kept.length).toLocaleString('en')} more characters›`;
}
