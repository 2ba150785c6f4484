/** Work that did not go in at once: files that collide, approvals that were denied with a note, gates and merges that failed. */
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import { isBranchSide } from '../../../preload/contract/conflict-sides.ts';
import { type Hit, hit } from './hit.ts';
import type { FindingsState, Folds } from './state.ts';

/** Of one conflict; what collides in hundreds of files is a story of two branches, not of files. */
const filesPerConflict = 10;

function withHit(state: FindingsState, found: Hit, event: EventEnvelope): FindingsState {
  return { ...state, found: hit(state.found, found, event) };
}

/** Of so many conflicts that are open it is remembered which of their files were counted. */
const openKept = 500;

/** Each of its files counts once for each conflict, whenever it came to be one of them. */
function collided(state: FindingsState, event: EventEnvelope): FindingsState {
  const { conflict, agents, files } = event.data as {
    conflict?: string;
    agents?: readonly string[];
    files?: ReadonlyArray<{ path?: string; reason?: string }>;
  };
  if (!Array.isArray(agents) || agents.length < 2 || !Array.isArray(files)) return state;
  // Who was first changes from one time to the next, the pair does not.
  const pair = [...agents].sort();
  const who = agents.filter((side) => !isBranchSide(side));
  const id = typeof conflict === 'string' ? conflict : '';
  const counted = new Set(state.collided.get(id));
  let next = state;
  for (const file of files) {
    if (counted.size >= filesPerConflict) break;
    if (typeof file.path !== 'string' || counted.has(file.path)) continue;
    counted.add(file.path);
    const detail = typeof file.reason === 'string' ? file.reason : undefined;
    const subject = [file.path, ...pair];
    next = withHit(next, { category: 'conflict', subject, agents: who, detail }, event);
  }
  if (next === state || id === '') return next;
  const known = next.collided.set(id, [...counted]);
  const [oldest = ''] = known.size > openKept ? known.keys() : [];
  return { ...next, collided: known.delete(oldest) };
}

export const workFolds: Folds = {
  'conflict.found': collided,
  'conflict.changed': collided,
  'conflict.cleared': (state, { data }) => {
    const { conflict } = data as { conflict?: string };
    const collidedNow = state.collided.delete(String(conflict));
    return collidedNow === state.collided ? state : { ...state, collided: collidedNow };
  },
  'approval.denied': (state, event) => {
    const { agent, note, title } = event.data as { agent: string; note: string; title?: string };
    if (note.trim() === '') return state;
    return withHit(
      state,
      { category: 'denied', subject: [note], agents: [agent], detail: title },
      event,
    );
  },
  'approval.failed': (state, event) => {
    const { agent, error, conflicts } = event.data as {
      agent: string;
      error: { code: string; message: string };
      conflicts?: readonly string[];
    };
    const detail =
      conflicts === undefined ? error.message : conflicts.slice(0, filesPerConflict).join(', ');
    return withHit(
      state,
      { category: 'merge', subject: [error.code], agents: [agent], detail },
      event,
    );
  },
};
