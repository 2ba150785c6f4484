/** Work that did not go in at once: files that collide, approvals that were denied with a note, gates and merges that failed. */
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import { type Hit, hit } from './hit.ts';
import type { FindingsState, Folds } from './state.ts';

/** Of one conflict; what collides in hundreds of files is a story of two branches, not of files. */
const filesPerConflict = 10;

function withHit(state: FindingsState, found: Hit, event: EventEnvelope): FindingsState {
  return { ...state, found: hit(state.found, found, event) };
}

export const workFolds: Folds = {
  'conflict.found': (state, event) => {
    const { agents, files } = event.data as {
      agents?: readonly string[];
      files?: ReadonlyArray<{ path?: string; reason?: string }>;
    };
    if (!Array.isArray(agents) || agents.length < 2 || !Array.isArray(files)) return state;
    // Who was first changes from one time to the next, the pair does not.
    const pair = [...agents].sort();
    return files.slice(0, filesPerConflict).reduce((left: FindingsState, file) => {
      if (typeof file.path !== 'string') return left;
      const subject = [file.path, ...pair];
      const detail = typeof file.reason === 'string' ? file.reason : undefined;
      return withHit(left, { category: 'conflict', subject, agents, detail }, event);
    }, state);
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
