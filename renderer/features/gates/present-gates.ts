/** How gates look and read beside a review, and what a yes waits for. Pure. */
import {
  hasEnded,
  neededGates,
  runOfGate,
  verdictOf,
} from '../../../preload/contract/gate-verdict.ts';
import type {
  GateCheck,
  GateDefinition,
  GateRun,
  PlannedGate,
} from '../../../preload/contract/gates.ts';
import type { DotShape, DotTone } from '../../ui/status-dot.tsx';

export interface GateLook {
  readonly shape: DotShape;
  readonly tone: DotTone;
  readonly word: string;
}

const looks: Readonly<Record<GateRun['state'], GateLook>> = {
  queued: { shape: 'ring', tone: 'muted', word: 'queued' },
  running: { shape: 'half', tone: 'blue', word: 'running' },
  passed: { shape: 'check', tone: 'green', word: 'passed' },
  failed: { shape: 'cross', tone: 'red', word: 'failed' },
  timed_out: { shape: 'square', tone: 'red', word: 'timed out' },
  cancelled: { shape: 'dashed', tone: 'amber', word: 'cancelled' },
  lost: { shape: 'dashed', tone: 'amber', word: 'lost' },
};

const notConcerned: GateLook = { shape: 'ring', tone: 'muted', word: 'does not concern it' };
const forgotten: GateLook = { shape: 'dashed', tone: 'muted', word: 'not run' };

/** A gate of a check, with its run. */
export interface GateRow {
  readonly gate: PlannedGate;
  readonly run: GateRun | undefined;
  readonly look: GateLook;
}

/** With the newest runs of its gates on its files: one that was run again by itself counts as it is now. */
export function withNewest(check: GateCheck, runs: readonly GateRun[]): GateCheck {
  const gates = check.gates.map((gate) => {
    if (!gate.applies) return gate;
    const newest = runs.findLast(
      (run) => run.gate === gate.gate && run.hash === gate.hash && run.tree === check.tree,
    );
    if (newest === undefined || newest.id === gate.run) return gate;
    return { ...gate, run: newest.id, isCached: false };
  });
  return { ...check, gates };
}

export function rowsOf(check: GateCheck, runOf: (id: string) => GateRun | undefined): GateRow[] {
  return check.gates.map((gate) => {
    const run = runOfGate(gate, runOf);
    return { gate, run, look: gate.applies ? lookOf(run) : notConcerned };
  });
}

function lookOf(run: GateRun | undefined): GateLook {
  if (run === undefined) return forgotten;
  if (run.ending !== undefined && !hasEnded(run)) return { ...looks.running, word: 'ending' };
  return looks[run.state];
}

const saidByItself: ReadonlySet<GateRun['state']> = new Set(['timed_out', 'cancelled', 'lost']);

/** `exit code 3`, `SIGSEGV`, what became of it otherwise, or nothing where a dot says all. */
export function exitOf({ state, exitCode, signal, error, ending }: GateRun): string {
  if (state === 'running' && ending !== undefined) return 'ending';
  if (saidByItself.has(state)) return looks[state].word;
  if (error !== undefined) return 'could not run';
  if (state !== 'failed') return '';
  if (typeof exitCode === 'number') return `exit code ${exitCode}`;
  return signal ?? '';
}

/** Where its recording is, as an address. */
export function recordingOf({ terminalId }: GateRun): string {
  const dot = terminalId.lastIndexOf('.');
  return `agent/${terminalId.slice(0, dot)}/${terminalId.slice(dot + 1)}`;
}

/** `8.4s`, `1m 20s`: how long it ran. */
export function formatTook(ms: number): string {
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)}s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? spelled([minutes, 'm'], [seconds % 60, 's'])
    : spelled([Math.floor(minutes / 60), 'h'], [minutes % 60, 'm']);
}

function spelled(...[[large, one], [small, other]]: [[number, string], [number, string]]): string {
  return small === 0 ? `${large}${one}` : `${large}${one} ${small}${other}`;
}

/** What a yes to a request comes to now, by its gates. */
export interface Standing {
  readonly tone: 'muted' | 'blue' | 'green' | 'amber' | 'red';
  readonly text: string;
  /** They have not passed, and a yes would not change that: it needs a reason. */
  readonly isRed: boolean;
}

interface Known {
  /** Those that there are now. */
  readonly definitions: readonly GateDefinition[];
  /** The newest of the request. */
  readonly check: GateCheck | undefined;
  readonly runOf: (id: string) => GateRun | undefined;
  readonly target: string;
}

/** Undefined where there is no gate that a merge needs. */
export function standingOf({ definitions, check, runOf, target }: Known): Standing | undefined {
  const required = definitions.filter((gate) => gate.required).map(({ name }) => name);
  if (required.length === 0) return undefined;
  const later = (text: string): Standing => ({ tone: 'muted', text, isRed: false });
  if (check === undefined) return later(`A yes runs ${named(required)} first`);
  if (check.isStale) return later(`${target} has moved: a yes runs ${named(required)} again`);
  // One that was taken out of the file since stops nothing, and a new one has yet to run.
  const needed = neededGates(check).filter(({ gate }) => required.includes(gate));
  const added = required.filter((name) => !check.gates.some(({ gate }) => gate === name));
  if (added.length > 0) return later(`A yes runs ${named(added)} first`);
  if (needed.length === 0) return later('No gate concerns this change');
  const isOpen = (gate: PlannedGate) => runOfGate(gate, runOf)?.state !== 'passed';
  const open = needed.filter(isOpen);
  if (open.length === 0)
    return {
      tone: 'green',
      text: needed.length === 1 ? 'Its gate has passed' : 'All gates have passed',
      isRed: false,
    };
  const names = named(open.map(({ gate }) => gate));
  if (verdictOf(check, runOf) === 'running')
    return { tone: 'blue', text: `A yes waits for ${names}`, isRed: false };
  const red = open.filter((gate) => isVerdict(runOfGate(gate, runOf)));
  if (red.length === 0) return later(`A yes runs ${names} again`);
  const failed = named(red.map(({ gate }) => gate));
  return { tone: 'red', text: `Not passed: ${failed}`, isRed: true };
}

function isVerdict(run: GateRun | undefined): boolean {
  return run?.state === 'failed' || run?.state === 'timed_out';
}

/** `test`, `test and lint`, `test, lint and 2 more`. */
export function named(names: readonly string[]): string {
  const [first = '', second = '', ...more] = names;
  if (more.length > 0) return `${first}, ${second} and ${more.length} more`;
  return names.length < 2 ? first : `${first} and ${second}`;
}
