/** A command line as program and arguments. Quotes group, a backslash takes the next character; nothing is run or expanded. Pure. */
export function splitCommandLine(line: string): string[] {
  const words = line.match(/(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"?|'[^']*'?)+/g) ?? [];
  return words.map(unquote);
}

function unquote(word: string): string {
  const quoted = /'([^']*)'?|"((?:[^"\\]|\\.)*)"?|\\(.)/g;
  const plain = (...[, single, double, escaped]: readonly string[]) =>
    single ?? double?.replace(/\\(["\\])/g, '$1') ?? escaped ?? '';
  return word.replace(quoted, plain);
}
