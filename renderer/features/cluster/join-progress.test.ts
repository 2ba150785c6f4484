import { expect, it } from 'vitest';
import type { NodeRecord } from '../../../preload/contract/cluster-facts.ts';
import { type JoinProgress, type MadeInvite, progressOf } from './join-progress.ts';

const made: MadeInvite = {
  ...{ invite: 'j-1', label: 'attic', expiresMs: 1_000 },
  before: new Set(['n-1']),
};
const nameless: MadeInvite = { invite: 'j-1', expiresMs: 1_000, before: new Set(['n-1']) };
const waiting = [{ invite: 'j-1', expiresMs: 1_000 }];
const node = (id: string, label: string, some: Partial<NodeRecord> = {}): NodeRecord => ({
  ...{ id, label, host: label, platform: 'linux-x64', joinedMs: 0, state: 'joined' },
  ...some,
});
const old = node('n-1', 'attic');

type Known = Parameters<typeof progressOf>[1];
const known = (nodes: readonly NodeRecord[], some: Partial<Known> = {}): Known => ({
  ...{ nodes: [old, ...nodes], invites: [], nowMs: 5 },
  ...some,
});
const attic = node('n-2', 'attic', { joinedMs: 1 });
const barn = node('n-3', 'barn', { joinedMs: 2 });

it.each<[when: string, progress: JoinProgress, is: JoinProgress]>([
  ['nothing is known yet', progressOf(made, known([], { invites: undefined })), { is: 'waiting' }],
  ['it waits', progressOf(made, known([], { invites: waiting, nowMs: 999 })), { is: 'waiting' }],
  [
    'another machine joined meanwhile',
    progressOf(made, known([barn], { invites: waiting })),
    { is: 'waiting' },
  ],
  [
    'it was used, and so was another',
    progressOf(made, known([attic, barn])),
    { is: 'joined', node: attic },
  ],
  [
    'its machine has another name meanwhile',
    progressOf(made, known([barn])),
    { is: 'joined', node: barn },
  ],
  [
    'it has no name: the newest',
    progressOf(nameless, known([barn, attic])),
    { is: 'joined', node: barn },
  ],
  ['it was taken back', progressOf(made, known([])), { is: 'gone' }],
  [
    'its time is over',
    progressOf(made, known([], { invites: waiting, nowMs: 1_000 })),
    { is: 'expired' },
  ],
  [
    'it is over and listed no more',
    progressOf(made, known([], { nowMs: 1_000 })),
    { is: 'expired' },
  ],
])('%s', (_when, progress, is) => expect(progress).toEqual(is));
