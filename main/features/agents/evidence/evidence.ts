/** What an agent's status is made of, each with its age and how far it is believed, and which of it counts. Pure. */
import type {
  Confidence,
  Evidence,
  LostWorktree,
} from '../../../../preload/contract/status-evidence.ts';
import type { AgentStatus } from '../../../../preload/contract/agents.ts';
import type { Agent, HookEvidence } from '../slice.ts';
import { idleAfterMs, staleAfterMs, statusOf } from '../view.ts';
import type { ScreenEvidence } from './screen-status.ts';

export interface Weighed {
  readonly status: AgentStatus;
  /** Of the status; absent while it is unknown. */
  readonly confidence?: Confidence;
  readonly why: string;
  /** Strongest first. */
  readonly evidence: Evidence[];
}

export interface Known {
  readonly agent: Agent;
  /** When its program last said something or called Musher, Unix ms. */
  readonly heardMs: number | undefined;
  readonly beat: { readonly atMs: number } | undefined;
  /** Of its worktree: how many files are changed in it, and when one was last written, Unix ms. */
  readonly files?:
    | { readonly changeCount: number; readonly writtenMs?: number | undefined }
    | undefined;
  readonly lost?: LostWorktree | undefined;
  readonly nowMs: number;
}

/** The status is that of the record, whatever is found here: which evidence it is by is read off it. */
export function weigh(known: Known): Weighed {
  const { agent } = known;
  const status = statusOf(agent);
  const found = agent.state === 'running' ? foundOf(known) : [processOf(agent)];
  const isKnown = status.value !== 'unknown' || status.source === 'process';
  const evidence = found.map((one) => ({
    ...one,
    wins: isKnown && one.source === status.source,
  }));
  const winner = evidence.find(({ wins }) => wins);
  const confidence = status.value === 'unknown' ? undefined : winner?.confidence;
  return { status, ...(confidence && { confidence }), why: whys[status.source], evidence };
}

type Row = Omit<Evidence, 'wins'>;

function foundOf(known: Known): Row[] {
  const { agent, heardMs, beat } = known;
  const { hook, reported, screen, isHooked } = agent;
  const said: Array<Row | undefined> = [
    hook && told(known, { source: 'hook', from: 'high', ...hookWords(hook) }),
    reported.source === 'report'
      ? told(known, {
          ...{ source: 'report', from: 'medium', says: reported.value },
          ...{ note: reported.note, sinceMs: reported.sinceMs },
        })
      : undefined,
    screen && !isHooked
      ? told(known, { source: 'screen', from: 'low', ...screenWords(screen) })
      : undefined,
    heardMs === undefined ? undefined : alive('output', heardMs),
    filesOf(known),
    beat && alive('heartbeat', beat.atMs),
  ];
  return [
    processOf(agent),
    ...lostOf(known),
    ...waitsOf(agent),
    ...said.filter((one) => one !== undefined),
  ];
}

function processOf({ state, stateSinceMs, launchedMs, exit }: Agent): Row {
  const says = state === 'stopped' && exit !== undefined ? 'ended' : state;
  const sinceMs = state === 'running' ? Math.max(stateSinceMs, launchedMs ?? 0) : stateSinceMs;
  return { source: 'process', says, sinceMs, confidence: 'high' };
}

function lostOf({ lost }: Known): Row[] {
  if (lost === undefined) return [];
  const note = `${lost.error.message} ${lost.error.mend}`;
  return [{ source: 'worktree', says: 'missing', note, sinceMs: lost.sinceMs, confidence: 'high' }];
}

/** One of each kind: the newest, as the status has it. */
function waitsOf({ waits }: Agent): Row[] {
  const all = waits.values();
  const isOf = { question: 'question', approval: 'approval' } as const;
  return (['question', 'approval', 'wait'] as const).flatMap((source) => {
    const times = all
      .filter(({ kind }) => (isOf[kind as 'question'] ?? 'wait') === source)
      .map(({ sinceMs }) => sinceMs);
    if (times.length === 0) return [];
    return [{ source, says: 'waiting', sinceMs: Math.max(...times), confidence: 'high' as const }];
  });
}

const hookSays = { busy: 'working', idle: 'idle', waiting: 'waiting', limit: 'blocked' } as const;

function hookWords({ event, detail, atMs }: HookEvidence) {
  return { says: hookSays[event], note: detail, sinceMs: atMs };
}

const screenSays = { ...hookSays, ready: 'idle', nothing: 'nothing known' } as const;

function screenWords({ tells, atMs }: ScreenEvidence) {
  return { says: screenSays[tells], sinceMs: atMs };
}

function alive(source: 'output' | 'files' | 'heartbeat', sinceMs: number): Row {
  return { source, says: 'alive', sinceMs, confidence: 'low' };
}

/** The operator's writing looks the same as the agent's, so it says no more than that something lives, and never keeps its age. */
function filesOf({ agent, files }: Known): Row | undefined {
  const { changeCount: count = 0, writtenMs } = files ?? {};
  // Before its program was there, it was somebody else.
  if (writtenMs === undefined || writtenMs < (agent.launchedMs ?? agent.stateSinceMs))
    return undefined;
  return {
    ...alive('files', writtenMs),
    note: `${count} ${count === 1 ? 'file' : 'files'} changed`,
  };
}

interface Telling {
  readonly source: 'hook' | 'report' | 'screen';
  readonly from: Confidence;
  readonly says: string;
  readonly note?: string | undefined;
  readonly sinceMs: number;
}

function told(known: Known, { source, from, says, note, sinceMs }: Telling): Row {
  const age = known.nowMs - borneOutMs(known, { says, sinceMs });
  const confidence = lessBy(from, age < idleAfterMs ? 0 : age < staleAfterMs ? 1 : 2);
  return { source, says, ...(note !== undefined && { note }), sinceMs, confidence };
}

const steps: readonly Confidence[] = ['high', 'medium', 'low'];

function lessBy(from: Confidence, by: number): Confidence {
  return steps[steps.indexOf(from) + by] ?? 'low';
}

/** Whoever stops says its last words a moment after it told so. */
const lastWordsMs = 60_000;

/**
 * Until when what was told is borne out by what was heard since: work by any sign of it, rest by silence. A heartbeat bears
 * out neither.
 */
function borneOutMs(
  { heardMs = 0, nowMs }: Known,
  { says, sinceMs }: Pick<Telling, 'says' | 'sinceMs'>,
): number {
  if (says === 'working') return Math.max(sinceMs, heardMs);
  return heardMs <= sinceMs + lastWordsMs ? nowMs : sinceMs;
}

const whys: Readonly<Record<AgentStatus['source'], string>> = {
  none: 'Nothing has said what it does.',
  process: 'Its program does not run; nothing else counts.',
  question: 'It asked, and is not answered: no other evidence changes that.',
  approval: 'Its commit is not reviewed: no other evidence changes that.',
  wait: 'What it asked for is not decided: no other evidence changes that.',
  hook: 'A hook of its CLI is nearest to what it does, and goes before its own word and its screen.',
  report: 'It said so itself, and nothing stronger or later says otherwise.',
  screen: 'Its screen says so, by the phrases of its profile: no hook was heard in this session.',
  answer: 'Its question was answered, and nothing has said what it does since.',
  review: 'Its commit was reviewed, and nothing has said what it does since.',
  silence: `It was at work, and nothing has been heard of it for ${staleAfterMs / 60_000} minutes.`,
};
