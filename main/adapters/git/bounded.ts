/** Git bounds no subject and no name: what is kept in the log and sent to every page is cut here. */
const mostChars = 500;

/** Its beginning, marked as such where that is not all. */
export function bounded(text: string, most = mostChars): string {
  if (text.length <= most) return text;
  return `${text
    .slice(0, most - 1)
    .toWellFormed()
    .replace(/\uFFFD$/, '')}…`;
}
