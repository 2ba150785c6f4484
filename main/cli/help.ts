/** What `musher --help` and `musher help …` say. */
import type { Command } from 'commander';
import { exitCodeMeanings } from './exit-codes.ts';

/** Features under the words that people look for; a feature without one is its own group. */
const groups: Readonly<Record<string, string>> = {
  agents: 'Agents',
  terminals: 'Agents',
  recordings: 'Recordings',
  snapshots: 'Snapshots',
  messages: 'Talking',
  questions: 'Questions',
  permissions: 'Permissions',
  approvals: 'Review',
  gates: 'Review',
  reviews: 'Review',
  trace: 'Review',
  editor: 'Review',
  watchdog: 'Agents',
  timers: 'Schedule',
  pipeline: 'Stories',
  triggers: 'Schedule',
  costs: 'Costs',
  cluster: 'Nodes',
  gateway: 'Projects',
  registration: 'Projects',
  log: 'Log',
  timeline: 'Log',
  doctor: 'App',
};
export const appGroup = 'App';
/** Commands that agents use most come first in their group’s example. */
const groupExamples: Readonly<Record<string, string>> = {
  Agents: 'musher agent add backend --profile claude --prompt "Fix issue 12"',
  Talking: 'musher inbox --wait 60s --ack',
  Questions: 'musher ask "Which database?" --option postgres --option sqlite --wait 10m',
  Recordings: 'musher recording export backend --output backend.cast',
  Snapshots: 'musher snapshot diff 3f2a91c0de45 --against worktree',
  Review: 'musher request-approval $(git rev-parse HEAD) --wait 10m',
  Schedule: `musher timer add --cron '0 9 * * 1-5' --prompt "look at new issues" --to triage`,
  Costs: 'musher costs --by story',
  Nodes: 'musher join-token --label attic --for 1h',
  Projects: 'musher gateway token --name shop',
  Log: 'musher log --follow',
  App: 'musher serve --repo .',
};

export function groupOf(feature: string): string {
  return groups[feature] ?? feature.charAt(0).toUpperCase() + feature.slice(1);
}

export function rootHelp(program: Command): string {
  const commands = program.commands.filter((command) => !hasNoPlace(command));
  const headings = [...new Set(commands.map(headingOf))].filter((heading) => heading !== appGroup);
  const width = Math.max(...commands.map((command) => command.name().length)) + 2;
  const sections = [...headings, appGroup].map((heading) => {
    const rows = commands.filter((command) => headingOf(command) === heading);
    const lines = rows.map((command) => `  ${command.name().padEnd(width)}${aboutOf(command)}`);
    const example = groupExamples[heading];
    return [heading, ...lines, ...(example === undefined ? [] : [`  $ ${example}`])].join('\n');
  });
  const head = `Usage: musher <command> [options]\n\n${program.description()}.`;
  return `${[head, ...sections, footer].join('\n\n')}\n`;
}

const footer = `Everywhere
  --json             Print the result as one JSON value
  --url, --token     Where Musher is, and who you are; else MUSHER_URL and MUSHER_TOKEN
  -                  In place of a text: read it from stdin

See musher <command> --help, musher help exit-codes, musher help environment.`;

/** A command for one topic each, besides those for commands. */
export const helpTopics: Readonly<Record<string, () => string>> = {
  'exit-codes': () =>
    exitCodeMeanings.map(([code, meaning]) => `${String(code).padStart(4)}  ${meaning}`).join('\n'),
  environment: () =>
    [
      'MUSHER_URL    Where Musher is; default http://127.0.0.1:9119. For agents it may hold their token.',
      'MUSHER_TOKEN  Who you are. Agents have it in their terminal; the operator sets it to what',
      '              `musher serve` printed. It is never stored on disk, where agents could read it.',
      'MUSHER_AGENT  The name of the agent whose terminal this is.',
      'MUSHER_HEARTBEATS  Folder where an agent may leave heartbeat files.',
      'MUSHER_PORT        First port of the agent’s own; MUSHER_PORT_COUNT says how many in a row. Where the config gives any.',
      'NO_COLOR      Set to anything: no colours.',
    ].join('\n'),
};

function headingOf(command: Command): string {
  return command.helpGroup() || appGroup;
}

function hasNoPlace(command: Command): boolean {
  return command.name() === 'help';
}

/** A group is told by what is in it. */
function aboutOf(command: Command): string {
  if (command.commands.length === 0) return command.description();
  const inside = command.commands.map((child) => child.name()).join(', ');
  return command.description() === '' ? inside : `${command.description()}; also ${inside}`;
}
