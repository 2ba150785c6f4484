import { runOfGate } from '../../../preload/contract/gate-verdict.ts';
import type { GateRun, GateState, Verdict } from '../../../preload/contract/gates.ts';
import { formatDuration } from '../durations.ts';
import type { Formatters, ResultOf } from './formatter.ts';
import { oneLine } from './plain-text.ts';
import { type Cell, table } from './table.ts';
import { ageOf, type Style, type View } from './view.ts';

export const gateFormats = {
  'gate.list': (list, view) => formatList(list, view),
  'gate.run': ({ check }) =>
    `Runs as ${oneLine(check)}; \`musher gate outcome ${oneLine(check)}\` shows the results.`,
  'gate.cancel': ({ run }) => `Run ${oneLine(run)} is being ended.`,
  'gate.outcome': (outcome, view) => formatOutcome(outcome, view),
} satisfies Formatters;

type Paint = keyof Pick<Style, 'green' | 'red' | 'yellow' | 'blue' | 'dim'>;

const looks: Readonly<Record<GateState, { word: string; paint: Paint }>> = {
  queued: { word: 'queued', paint: 'dim' },
  running: { word: 'running', paint: 'blue' },
  passed: { word: 'passed', paint: 'green' },
  failed: { word: 'failed', paint: 'red' },
  timed_out: { word: 'timed out', paint: 'red' },
  cancelled: { word: 'cancelled', paint: 'yellow' },
  lost: { word: 'lost', paint: 'yellow' },
};

function formatList({ gates, when, parallel }: ResultOf<'gate.list'>, view: View): string {
  if (gates.length === 0)
    return 'There are no gates. Name commands in .musher/config.toml, one [[gates]] for each.';
  const rows = table(
    ['GATE', 'KIND', 'LIMIT', 'NEWEST', 'AGE', 'ON', 'COMMAND'],
    gates.map((gate): Cell[] => [
      { text: gate.name, paint: view.style.bold },
      gate.required ? 'required' : 'advisory',
      formatDuration(gate.timeoutMs),
      stateCell(gate.newest, view),
      ageOf(gate.newest?.endedMs ?? gate.newest?.queuedMs, view),
      gate.newest?.tree.slice(0, 10) ?? '-',
      [...gate.command, ...(gate.paths.length === 0 ? [] : [`(${gate.paths.join(', ')})`])].join(
        ' ',
      ),
    ]),
    view,
  );
  const start = when === 'on-request' ? 'when an approval is asked for' : 'once you approve';
  return `${rows}\nThey run ${start}, ${parallel} at once.`;
}

function stateCell(run: GateRun | undefined, { style }: View): Cell {
  if (run === undefined) return 'not run yet';
  const { word, paint } = looks[run.state];
  return { text: `${word}${detailOf(run)}`, paint: style[paint] };
}

function detailOf({ state, exitCode, signal, ending }: GateRun): string {
  if (ending !== undefined && state === 'running') return ', ending';
  if (state !== 'failed') return '';
  if (typeof exitCode === 'number') return ` (${exitCode})`;
  return signal === undefined || signal === null ? '' : ` (${signal})`;
}

const says: Readonly<Record<Verdict, string>> = {
  green: 'All required gates have passed',
  red: 'Required gates have not passed',
  running: 'Gates are still under way',
};

/** One line for each gate, then what a red one showed last. */
export function formatOutcome(
  { check, verdict, runs }: ResultOf<'gate.outcome'>,
  view: View,
): string {
  const runOf = (id: string) => runs.find((run) => run.id === id);
  const rows = check.gates.map((gate): Cell[] => {
    const run = runOfGate(gate, runOf);
    const state = gate.applies ? stateCell(run, view) : 'does not concern it';
    return [
      { text: gate.gate, paint: view.style.bold },
      gate.required ? 'required' : 'advisory',
      state,
      timeOf(run, gate.isCached),
      run?.id ?? '-',
    ];
  });
  const what = `${shortId(check.commit)} into ${oneLine(check.target)}`;
  return [
    `${says[verdict]}: ${what}, tree ${shortId(check.tree)}.`,
    ...(check.changesGates
      ? [view.style.yellow('It changes the gates in .musher/config.toml; yours have run.')]
      : []),
    ...(rows.length === 0 ? [] : [table(['GATE', 'KIND', 'STATE', 'TOOK', 'RUN'], rows, view)]),
    ...runs.flatMap((run) => tailOf(run, view)),
  ].join('\n');
}

function shortId(id: string): string {
  return oneLine(id).slice(0, 10);
}

function timeOf(run: GateRun | undefined, isCached = false): string {
  if (isCached) return 'known';
  return run?.durationMs === undefined ? '-' : formatDuration(run.durationMs);
}

function tailOf({ gate, state, lastLines = [], error }: GateRun, { style }: View): string[] {
  if (state !== 'failed' && state !== 'timed_out' && state !== 'lost') return [];
  const why = error === undefined ? [] : [oneLine(error.message), `→ ${oneLine(error.mend)}`];
  const lines = lastLines.map((line) => `  ${oneLine(line)}`);
  return why.length + lines.length === 0 ? [] : ['', style.bold(oneLine(gate)), ...why, ...lines];
}
