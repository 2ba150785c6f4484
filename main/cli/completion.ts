/** Shell completion, written out from the commands and flags that there are. */
import type { Command } from 'commander';

export const shells = ['bash', 'zsh', 'fish'] as const;

/** What may follow each path of words: `agent` → `add`, `list`, … */
interface Step {
  /** Words so far, without `musher`. */
  readonly path: string;
  readonly next: readonly string[];
}

/** Undefined for a shell that is not known. */
export function completionScript(shell: string, program: Command): string | undefined {
  const steps = listSteps(program, []);
  if (shell === 'bash') return bashScript(steps);
  if (shell === 'zsh') return `autoload -U +X bashcompinit && bashcompinit\n${bashScript(steps)}`;
  return shell === 'fish' ? fishScript(steps) : undefined;
}

function listSteps(command: Command, path: readonly string[]): Step[] {
  const help = command.createHelp();
  const flags = help.visibleOptions(command).map((option) => option.long ?? '');
  const choices = command.registeredArguments.flatMap((argument) => argument.argChoices ?? []);
  const names = command.commands.map((child) => child.name());
  const globals = ['--json', '--url', '--token'];
  const next = [...new Set([...names, ...choices, ...flags, ...globals])].filter(
    (word) => word !== '',
  );
  const below = command.commands.flatMap((child) => listSteps(child, [...path, child.name()]));
  return [{ path: path.join(' '), next }, ...below];
}

function bashScript(steps: readonly Step[]): string {
  const cases = steps.map(
    ({ path, next }) => `    ${quoted(path)}) next=${quoted(next.join(' '))} ;;`,
  );
  return `_musher() {
  local word path="" next="" i
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    case "$word" in -*) continue ;; esac
    case ${quoted(`|${steps.map(({ path }) => path).join('|')}|`)} in
      *"|\${path:+$path }$word|"*) path="\${path:+$path }$word" ;;
    esac
  done
  case "$path" in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$next" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _musher musher
`;
}

function fishScript(steps: readonly Step[]): string {
  const cases = steps.map(
    ({ path, next }) =>
      `    case ${quoted(path)}\n      string split ' ' -- ${quoted(next.join(' '))}`,
  );
  return `function __musher_next
  set -l paths ${steps.map(({ path }) => quoted(path)).join(' ')}
  set -l path ""
  for word in (commandline -opc)[2..]
    set -l longer (string trim -- "$path $word")
    contains -- $longer $paths; and set path $longer
  end
  switch "$path"
${cases.join('\n')}
  end
end
complete -c musher -f -a '(__musher_next)'
`;
}

/** Names are our own and hold no quote. */
function quoted(text: string): string {
  return `'${text}'`;
}
