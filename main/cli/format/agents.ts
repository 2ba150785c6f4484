import type { AgentRecord } from '../../../preload/contract/agents.ts';
import type { ProfileRow } from '../../../preload/contract/profiles.ts';
import { sayCommand } from '../../../preload/contract/say-command.ts';
import type { Formatters } from './formatter.ts';
import { formatDuration } from '../durations.ts';
import { oneLine } from './plain-text.ts';
import { type Cell, table } from './table.ts';
import { ageOf, type Style, type View } from './view.ts';

const named = (before: string) => (result: { agent: string }) =>
  `${before} ${oneLine(result.agent)}.`;

export const agentFormats = {
  'agent.add': named('Adding'),
  'agent.start': named('Starting'),
  'agent.stop': named('Stopping'),
  'agent.restart': named('Restarting'),
  'agent.pause': named('Paused'),
  'agent.resume': named('Resumed'),
  'agent.nudge': ({ agent }) =>
    `Nudging ${oneLine(agent)}; \`musher agent list --all --json\` says what became of it.`,
  'agent.kick': ({ agent }) =>
    `Telling ${oneLine(agent)} to go on; \`musher agent list --all --json\` says what became of it.`,
  'agent.set_restart': ({ agent, policy }) => `${oneLine(agent)} is restarted: ${policy}.`,
  'agent.destroy': ({ agent }) =>
    `Destroying ${oneLine(agent)}; its files are snapshotted first (\`musher agent revive ${oneLine(agent)}\`).`,
  'agent.revive': named('Reviving'),
  'agent.purge': named('Forgot'),
  'agent.report': () => 'Reported.',
  'agent.list': ({ agents }, view) =>
    agents.length === 0
      ? 'No agents. Add one: musher agent add backend --profile claude'
      : [
          table(
            ['AGENT', 'STATE', 'STATUS', 'SINCE', 'SEEN', 'BRANCH', 'NOTE'],
            agents.map((agent) => agentRow(agent, view)),
            view,
          ),
          ...sayEmptySubmodules(agents),
        ].join('\n'),
  'agent.profiles': ({ profiles }, view) =>
    [
      table(
        ['PROFILE', 'INSTALLED', 'FROM', 'TITLE', 'HINT'],
        profiles.map((profile) => profileRow(profile, view)),
        view,
      ),
      ...profiles.flatMap(sayUnconfirmed),
    ].join('\n'),
  'profile.trust': () => 'Confirmed on this machine, as it is now.',
  'agent.hook': () => 'Told.',
  'repository.get': (repository) =>
    [
      `${oneLine(repository.name)}  ${oneLine(repository.root)}`,
      `default base: ${oneLine(repository.defaultBase)}`,
      `worktrees:    ${oneLine(repository.worktreesFolder)}`,
      `branches:     ${repository.branches.map(oneLine).join(', ')}`,
    ].join('\n'),
} satisfies Formatters;

/** One line for all: in a repository with submodules, it is true of every agent. */
function sayEmptySubmodules(agents: readonly AgentRecord[]): string[] {
  const without = agents.filter(({ emptySubmodules }) => emptySubmodules !== undefined);
  if (without.length === 0) return [];
  const paths = [...new Set(without.flatMap(({ emptySubmodules = [] }) => emptySubmodules))];
  const names = without.map(({ id }) => oneLine(id)).join(', ');
  return [
    `Worktrees that came without the files of ${paths.map(oneLine).join(', ')}: ${names}. They come with \`git submodule update --init\` in each.`,
  ];
}

function profileRow(
  { name, installed, unconfirmed, origin, title, hint }: ProfileRow,
  view: View,
): Cell[] {
  const { green, yellow } = view.style;
  const isThere = installed ? { text: 'yes', paint: green } : { text: 'no', paint: yellow };
  const state = unconfirmed === undefined ? isThere : { text: 'not confirmed', paint: yellow };
  return [name, state, origin, title, installed ? '' : (hint ?? '')];
}

function sayUnconfirmed({ name, unconfirmed }: ProfileRow): string[] {
  if (unconfirmed === undefined) return [];
  const { commandLine, hash } = unconfirmed;
  return [
    `${oneLine(name)} is of this repository's config and would run: ${oneLine(commandLine)}`,
    `  to confirm it on this machine: musher agent trust ${oneLine(name)} ${oneLine(hash)}`,
  ];
}

function agentRow(agent: AgentRecord, view: View): Cell[] {
  const { status } = agent;
  const note =
    choreNote(agent, view) ??
    agent.failure?.message ??
    restartNote(agent, view) ??
    status.note ??
    '';
  return [
    { text: agent.id, paint: view.style.bold },
    agent.paused ? { text: 'paused', paint: view.style.yellow } : agent.state,
    { text: status.value, paint: statusPaint(status.value, view.style) },
    ageOf(status.sinceMs, view),
    seenOf(agent, view),
    agent.branch,
    agent.failure === undefined ? note : { text: note, paint: view.style.red },
  ];
}

/** While the commands of its worktree run: which, and for how long. */
function choreNote({ chore }: AgentRecord, view: View): string | undefined {
  if (chore?.state !== 'running') return undefined;
  const { kind, commands, index = 0, sinceMs } = chore;
  const verb = kind === 'setup' ? 'setting up' : 'tearing down';
  const command = oneLine(sayCommand(commands[index] ?? []));
  return `${verb} ${index + 1}/${commands.length}: ${command} (${ageOf(sinceMs, view)})`;
}

/** Undefined where nothing of it is to come, and nothing was given up. */
function restartNote({ restart }: AgentRecord, view: View): string | undefined {
  if (restart === undefined) return undefined;
  const { tries, ofTries, nextMs, isGivenUp } = restart;
  if (isGivenUp) return `ended again after ${tries} restarts; start it yourself`;
  if (nextMs === undefined) return undefined;
  const waitMs = Math.ceil((nextMs - view.nowMs) / 1_000) * 1_000;
  const when = waitMs > 0 ? `in ${formatDuration(waitMs)}` : 'now';
  return `restarts ${when} (try ${tries} of ${ofTries})`;
}

/** Of one that is held, only when: that it says nothing since is no news of it. */
function seenOf({ lastSeenMs, liveness, paused }: AgentRecord, view: View): string {
  if (lastSeenMs === undefined) return liveness;
  const age = ageOf(lastSeenMs, view);
  return paused ? age : `${liveness} ${age}`;
}

export function statusPaint(status: string, style: Style): (text: string) => string {
  if (status === 'waiting' || status === 'blocked') return style.yellow;
  if (status === 'working') return style.green;
  return status === 'done' ? style.blue : style.dim;
}
