/** What a tool is asked to do, read from the CLI's own JSON. Pure, and total over whatever text there is. */

export interface Asked {
  readonly tool: string;
  readonly input: string;
}

/** The line that a rule is about: the command or the path; where there is neither, the whole input. */
export function subjectOf(asked: Asked): string {
  return commandOf(asked) ?? pathOf(asked) ?? asked.input;
}

export function commandOf({ input }: Asked): string | undefined {
  const { command, cmd } = fieldsOf(input);
  const said = command ?? cmd;
  // Some give the words, not the line.
  if (Array.isArray(said) && said.every((word) => typeof word === 'string')) return said.join(' ');
  return typeof said === 'string' && said !== '' ? said : undefined;
}

export function pathOf({ input }: Asked): string | undefined {
  const { file_path, notebook_path, path } = fieldsOf(input);
  const said = [file_path, notebook_path, path].find((one) => typeof one === 'string');
  return said === '' ? undefined : (said as string | undefined);
}

function fieldsOf(input: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(input);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
