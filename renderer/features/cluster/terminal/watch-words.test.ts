import { expect, it } from 'vitest';
import { toWireError } from '../../../../preload/contract/errors.ts';
import type { NodeStanding } from '../../../../preload/contract/node-standing.ts';
import type { SessionState } from '../../terminals/index.ts';
import { sayWatched } from './watch-words.ts';

const exit = { exitCode: 3, signal: null };
const error = toWireError('NODE_WATCH_LIMIT', { label: 'attic', count: 8 });

interface Row {
  readonly state: SessionState;
  readonly standing?: NodeStanding;
  readonly hasAgent?: boolean;
  readonly hasScreen?: boolean;
  readonly says: RegExp;
  readonly isOld?: boolean;
}

it.each<Row>([
  { state: { kind: 'opening' }, says: /attic is asked for its terminal/ },
  { state: { kind: 'opening' }, hasAgent: false, says: /Nobody works on it at attic yet/ },
  {
    ...{ state: { kind: 'opening' }, standing: 'lost' },
    says: /attic, not heard for 12 min: its terminal is shown as soon/,
  },
  {
    ...{ state: { kind: 'live' }, standing: 'disconnected', hasScreen: true, isOld: true },
    says: /what it showed last.*goes on here/,
  },
  {
    ...{ state: { kind: 'stalled' }, hasScreen: true, isOld: true },
    says: /The way to attic broke.*asked again/,
  },
  { state: { kind: 'exited', exit }, hasScreen: true, says: /ended \(exit code 3\)/ },
  {
    ...{ state: { kind: 'failed', error }, standing: 'lost', hasScreen: true, isOld: true },
    says: /8 terminals of the node "attic"/,
  },
])('$says', ({ says, isOld = false, standing = 'connected', ...row }) => {
  const now = { label: 'attic', standing, seenMs: 1_000 };
  const nowMs = 1_000 + 12 * 60_000;
  const said = sayWatched(row.state, { hasAgent: true, hasScreen: false, ...row, now, nowMs });
  expect(said?.text).toMatch(says);
  expect(said?.isOld ?? false).toBe(isOld);
  expect(said?.isInstead ?? false).toBe(row.hasScreen !== true);
});

it('nothing is said of one that is shown', () => {
  const now = { label: 'attic', standing: 'connected', seenMs: 1 } as const;
  const scene = { now, nowMs: 2, hasAgent: true, hasScreen: true };
  expect(sayWatched({ kind: 'live' }, scene)).toBeUndefined();
});
