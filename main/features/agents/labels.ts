/**
 * What agents say of themselves in words of their own, by the rules of git-paw's roster: a word that ends something
 * (`done`, `verified`, `blocked`, `committed`) stays until another such word, so that a watcher's "working" does not undo
 * it; an agent that works on within a minute after its commit works again.
 */
import type { AgentStatus } from '../../../preload/contract/agents.ts';
import { agents as contract } from '../../../preload/contract/agents.ts';
import type { CommandData } from '../../../preload/contract/define.ts';
import type { Result } from '../../base/result.ts';
import type { DecideContext, Decision, Nothing } from '../../hub/feature.ts';
import { decided, newEvent } from '../../hub/feature.ts';
import type { AgentsState } from './slice.ts';
import { requireActingAgent } from './slice.ts';

export interface Label {
  readonly word: string;
  /** Where in its work it is, of its newest word. */
  readonly phase?: string | undefined;
  /** When it last committed, Unix ms. */
  readonly committedMs?: number | undefined;
}

const endings: ReadonlySet<string> = new Set(['done', 'verified', 'blocked', 'committed']);
/** Long enough for an editor's late save after a commit, milliseconds. */
const worksOnMs = 60_000;

/** `isCommit`: the word comes with a commit, which begins the time in which it may work on. */
export function labelled(
  before: Label | undefined,
  said: { readonly word: string; readonly phase?: string | undefined; readonly isCommit?: boolean },
  atMs: number,
): Label {
  const committedMs = said.isCommit === true ? atMs : before?.committedMs;
  const sinceMs = atMs - (before?.committedMs ?? Number.NEGATIVE_INFINITY);
  const worksOn = before?.word === 'committed' && said.word === 'working' && sinceMs <= worksOnMs;
  const stays = before !== undefined && endings.has(before.word) && !endings.has(said.word);
  const word = stays && !worksOn ? before.word : said.word;
  return { word, phase: said.phase, committedMs };
}

const statuses: Readonly<Record<string, AgentStatus['value']>> = {
  ...{ working: 'working', idle: 'idle', waiting: 'waiting', blocked: 'blocked', done: 'done' },
  ...{ verified: 'done', question: 'waiting', 'stuck-on-prompt': 'waiting' },
};

/** Musher's own status for any word: whoever says something it does not know is at work. */
export function statusFor(label: string): Exclude<AgentStatus['value'], 'unknown'> {
  const known = Object.hasOwn(statuses, label) ? statuses[label] : undefined;
  return known === undefined || known === 'unknown' ? 'working' : known;
}

export function decideAnnounce(
  ctx: DecideContext<AgentsState>,
  data: CommandData<typeof contract, 'agent.announce'>,
): Result<Decision<Nothing>> {
  const found = requireActingAgent(ctx.state, ctx.actor);
  if (!found.ok) return found;
  const status = statusFor(data.label);
  return decided({}, [
    newEvent(contract, 'agent.reported', { agent: found.value.id, status, ...data }),
  ]);
}
