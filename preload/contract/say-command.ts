/** A program and its arguments as one would type them; what a shell would read otherwise stands in quotes. Pure. */
export function sayCommand(words: readonly string[]): string {
  return words.map(quoted).join(' ');
}

export function quoted(word: string): string {
  return /^[\w@%+=:,./{}-]+$/.test(word) ? word : JSON.stringify(word);
}
