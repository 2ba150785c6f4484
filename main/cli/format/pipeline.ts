import { sayAway, sayNodeName } from '../../../preload/contract/say-node-work.ts';
import type { Formatters, ResultOf } from './formatter.ts';
import { oneLine } from './plain-text.ts';
import { type Cell, table } from './table.ts';
import { ageOf, type View } from './view.ts';

type Status = ResultOf<'pipeline.status'>;

export const pipelineFormats = {
  'pipeline.start': () => 'The pipeline runs: stories go to agents by themselves.',
  'pipeline.pause': () =>
    'The pipeline is paused: no story begins by itself; agents at work go on.',
  'pipeline.status': (status, view) => formatStatus(status, view),
} satisfies Formatters;

function formatStatus(status: Status, given: View): string {
  const view = { ...given, nowMs: status.nowMs };
  const { limits, active } = status;
  const head = `${switchOf(status, view)}, ${active} of ${limits.maxAgents} ${limits.maxAgents === 1 ? 'agent' : 'agents'} at work`;
  const blocks = [[head, ...limitsOf(limits)].join('\n')];
  if (status.working.length + status.onNodes.length > 0) blocks.push(workingOf(status, view));
  blocks.push(waitingOf(status, view));
  return blocks.join('\n\n');
}

function switchOf({ isOn, sinceMs, by, reason }: Status, view: View): string {
  const { green, yellow, dim } = view.style;
  const who = by === undefined ? '' : ` by ${oneLine(by)}`;
  const since = sinceMs === undefined ? '' : dim(` (${ageOf(sinceMs, view)}${who})`);
  if (isOn) return `${green('running')}${since}`;
  const why = reason === undefined ? '' : `: ${oneLine(reason)}`;
  const never = sinceMs === undefined ? ' (musher pipeline start)' : '';
  return `${yellow('paused')}${why}${since}${never}`;
}

function limitsOf({ profile, profiles, maxNoProgress, maxAttempts }: Status['limits']): string[] {
  const own = profiles.map((one) => `${oneLine(one.profile)} ${one.maxAgents}`).join(', ');
  const of = profile === undefined ? 'none' : oneLine(profile);
  return [
    `profile where a story wishes none: ${of}${own === '' ? '' : `; agents at most: ${own}`}`,
    `blocked after ${maxNoProgress} ends without progress, or when given back ${maxAttempts} times`,
  ];
}

function workingOf({ working, onNodes }: Status, view: View): string {
  const { bold, yellow, green } = view.style;
  const elsewhere = onNodes.map(({ story, title, node, nodeNow }): Cell[] => {
    const away = sayAway(nodeNow, view.nowMs);
    const state =
      away === undefined ? { text: 'on a node', paint: green } : { text: away, paint: yellow };
    return [{ text: story, paint: bold }, sayNodeName(node, nodeNow), '-', '-', state, title];
  });
  return table(
    ['STORY', 'AGENT', 'PROFILE', 'BACK', 'STATE', 'TITLE'],
    [
      ...working.map(({ story, agent, profile, attempts, waits, title }): Cell[] => [
        { text: story, paint: bold },
        agent === '' ? '-' : agent,
        profile === '' ? '-' : profile,
        attempts === 0 ? '-' : String(attempts),
        waits === undefined
          ? { text: 'at work', paint: green }
          : { text: sayWait(waits, view), paint: yellow },
        title,
      ]),
      ...elsewhere,
    ],
    view,
  );
}

function waitingOf({ waiting, waitingTotal }: Status, view: View): string {
  if (waitingTotal === 0) return 'No story waits.';
  const rows = table(
    ['WAITS', 'WHY', 'TITLE', 'WHAT'],
    waiting.map((one): Cell[] => [
      { text: one.story, paint: view.style.bold },
      { text: one.why, paint: view.style.yellow },
      one.title.length > 40 ? `${one.title.slice(0, 39)}…` : one.title,
      sayWait(one, view),
    ]),
    view,
  );
  const left = waitingTotal - waiting.length;
  return left === 0 ? rows : `${rows}\n… and ${left} more: --limit ${Math.min(waitingTotal, 500)}`;
}

function sayWait(
  { what, untilMs }: { what: string; untilMs?: number | undefined },
  view: View,
): string {
  if (untilMs === undefined) return what;
  const seconds = Math.max(0, Math.round((untilMs - view.nowMs) / 1_000));
  const time = seconds < 120 ? `${seconds}s` : `${Math.round(seconds / 60)}m`;
  return `${what} (again in ${time})`;
}
