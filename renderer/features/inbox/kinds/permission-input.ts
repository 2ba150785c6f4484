/** What a tool is to do, as a person reads it: each field of the CLI's JSON by its name, none left out. Pure. */

export interface InputPart {
  /** Empty where the input has no fields. */
  readonly name: string;
  readonly text: string;
}

/** What says most comes first. */
const first = ['command', 'cmd', 'file_path', 'notebook_path', 'path', 'url'];

export function partsOfInput(input: string): readonly InputPart[] {
  const fields = Object.entries(parse(input) ?? {});
  if (fields.length === 0) return [{ name: '', text: input }];
  const rank = (name: string) => {
    const at = first.indexOf(name);
    return at < 0 ? first.length : at;
  };
  return fields
    .toSorted(([a], [b]) => rank(a) - rank(b))
    .map(([name, value]) => ({ name, text: textOf(value) }));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

function parse(input: string): object | undefined {
  try {
    const value: unknown = JSON.parse(input);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
