/** What a tool is asked to do, read from the CLI's own JSON. Pure, and total over whatever text there is. */

export interface Asked {
  readonly tool: string;
  readonly input: string;
}

/** Of other tools a `command` or a `path` is one field among many, and says little of what they do. */
const shells: ReadonlySet<string> = new Set([
  'Bash',
  'bash',
  'powershell',
  'shell',
  'local_shell',
  'exec_command',
]);
const fileTools: ReadonlySet<string> = new Set([
  'Read',
  'Edit',
  'MultiEdit',
  'Write',
  'NotebookEdit',
  'create',
  'edit',
  'view',
]);

/** The line that a rule is about: the command of a shell, the path of a file tool; of any other tool the whole input. */
export function subjectOf(asked: Asked): string {
  return commandOf(asked) ?? pathOf(asked) ?? asked.input;
}

export function commandOf({ tool, input }: Asked): string | undefined {
  if (!shells.has(tool)) return undefined;
  const { command, cmd } = fieldsOf(input);
  const said = command ?? cmd;
  // Some give the words, not the line.
  if (Array.isArray(said) && said.every((word) => typeof word === 'string')) return said.join(' ');
  return typeof said === 'string' && said !== '' ? said : undefined;
}

export function pathOf({ tool, input }: Asked): string | undefined {
  if (!fileTools.has(tool)) return undefined;
  const { file_path, notebook_path, path } = fieldsOf(input);
  const said = [file_path, notebook_path, path].find((one) => typeof one === 'string');
  return said === '' ? undefined : (said as string | undefined);
}

/** Of a screen: its own words, where no command and no path stand apart. */
export function subjectOnScreen(asked: Asked): string {
  const { title, shown } = fieldsOf(asked.input);
  const words = [title, shown].find((one) => typeof one === 'string' && one !== '');
  return commandOf(asked) ?? pathOf(asked) ?? String(words ?? asked.input);
}

/** A word beside the command that takes a guard away; a rule for the command alone was not given for it. */
export function leavesSandbox({ input }: Asked): boolean {
  const fields = Object.entries(fieldsOf(input));
  return fields.some(([name, value]) => /sandbox|bypass|escalat/i.test(name) && isOn(value));
}

function isOn(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false && value !== '';
}

function fieldsOf(input: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(input);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
