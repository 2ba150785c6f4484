/** What many commands have in common that differ in their arguments: `npm test …`. Pure, total, and cheap over whatever text there is. */

/** Their second word says what they do. */
const withVerbs: ReadonlySet<string> = new Set([
  ...['git', 'npm', 'npx', 'pnpm', 'yarn', 'bun', 'deno', 'cargo', 'go', 'docker', 'podman'],
  ...[
    'kubectl',
    'gh',
    'pip',
    'pip3',
    'uv',
    'poetry',
    'make',
    'brew',
    'apt',
    'apt-get',
    'systemctl',
  ],
]);
const shells: ReadonlySet<string> = new Set([
  ...['Bash', 'bash', 'powershell', 'shell', 'local_shell', 'exec_command'],
]);
/** Longer ones are cut first: what a shape is made of stands at the beginning. */
const readChars = 2_000;

/** The words that a permission is counted under: of a shell the program and its verb, of a path its folder, of anything else none. */
export function commandShape(tool: string, subject: string): string {
  const line = subject.slice(0, readChars).trim();
  if (shells.has(tool)) return shellShape(line);
  return /^[^\s{["]+$/.test(line) && line.includes('/') ? folderShape(line) : '';
}

function shellShape(line: string): string {
  // What only leads to the command says nothing of it.
  const command = line
    .replace(/^(?:cd\s+\S+\s*(?:&&|;)\s*)+/, '')
    .replace(/^(?:[A-Za-z_]\w*=\S*\s+)+/, '');
  const words = command.split(/\s+/).filter((word) => word !== '');
  const [program = '', verb] = words;
  const hasVerb = verb !== undefined && withVerbs.has(program) && /^[a-z][\w:-]*$/i.test(verb);
  const shape = hasVerb ? `${program} ${verb}` : program;
  return words.length > (hasVerb ? 2 : 1) ? `${shape} …` : shape;
}

function folderShape(path: string): string {
  return `${path.slice(0, path.lastIndexOf('/') + 1)}…`;
}
