import { expect, it } from 'vitest';
import type { NodeRow } from '../../../preload/contract/cluster.ts';
import type { ClaimRecord } from '../../../preload/contract/claim-facts.ts';
import type { NodeLink, NodeSelf } from '../../../preload/contract/cluster-facts.ts';
import { clusterFormats, formatJoinToken } from './cluster.ts';
import { noStyle } from './view.ts';

const nowMs = 1_000_000_000;
const view = { nowMs, style: noStyle };

function node(id: string, label: string, some: Partial<NodeLink> = {}): NodeRow {
  const self = {
    ...{ version: '0.9.2', host: 'x', platform: 'x', cpus: 8, load: 0.4, agents: 3 },
    ...{ beat: 40, atMs: nowMs, isDraining: false },
  };
  const link = { isConnected: true, seenMs: nowMs - 4_000, skewMs: 0, self, ...some };
  const about = { host: `${label}.lan`, platform: 'linux-x64', joinedMs: 1 };
  return { id, label, ...about, state: 'joined', link, stories: [] };
}

it('lists nodes by how they stand, then tokens that wait, then whom this Musher helps', () => {
  const { link: _link, ...unheard } = node('n-3', 'barn');
  const text = clusterFormats['node.list'](
    {
      nodes: [
        node('n-1', 'attic'),
        node('n-2', 'cellar', { seenMs: nowMs - 90_000, skewMs: 600_000 }),
        { ...unheard, host: 'barn\u001b[2J\u202elan' },
      ],
      invites: [
        { invite: 'j-7f3k2m9x', label: 'loft', expiresMs: nowMs + 60_000 },
        { invite: 'j-00000000', expiresMs: nowMs - 1 },
      ],
      rendezvous: {
        ...{ url: 'http://127.0.0.1:9119', node: 'n-4', label: 'shed', state: 'offline' },
        ...{ sinceMs: nowMs - 120_000, retryMs: nowMs + 8_000, stories: 1 },
      },
      claims: [],
    },
    view,
  );
  expect(text).toMatchInlineSnapshot(`
    "ID   LABEL   STATE          HEARD   LOAD   AGENTS  VERSION  HOST
    n-1  attic   connected      4s ago  3.2/8  3       0.9.2    attic.lan linux-x64
    n-2  cellar  lost           1m ago  3.2/8  3       0.9.2    cellar.lan linux-x64
    n-3  barn    not heard yet  -       -      -       -        barn‹ESC›[2J‹U+202E›lan linux-x64
    n-2 cellar: its clock is 10 min ahead.

    Join tokens that wait to be used
      j-7f3k2m9x for loft expires in 1m
      j-00000000 has expired

    This Musher is a node of http://127.0.0.1:9119, as shed (n-4)
      cut off for 2m, tries again in 8s; 1 story known"
  `);
});

it('lists what nodes work on, why one takes nothing, and what this Musher has claimed itself', () => {
  const silent = { isConnected: false, seenMs: nowMs - 12 * 60_000 };
  const of = (story: string, title: string, claim: number) => ({
    ...{ story, title, claim, sinceMs: nowMs - 3_600_000 },
  });
  const attic = node('n-1', 'attic');
  const self = { ...attic.link?.self, takesNothing: '1 of 1 agent\u001b at work' } as NodeSelf;
  const there = { state: 'working', stage: 'qa', agent: 'a-7' } as const;
  const claim = (id: string, state: ClaimRecord['state'], more: object = {}) => ({
    ...{ id, state, claim: 1, title: `The ${id}`, node: 'n-4', sinceMs: nowMs - 60_000 },
    ...more,
  });
  const text = clusterFormats['node.list'](
    {
      nodes: [
        { ...node('n-1', 'attic', { self }), stories: [{ ...of('s-12', 'Log in', 3), there }] },
        { ...node('n-2', 'cellar', silent), stories: [of('s-13', 'Pay', 1), of('s-14', 'Go', 2)] },
      ],
      invites: [],
      rendezvous: {
        ...{ url: 'http://127.0.0.1:9119', node: 'n-4', label: 'shed', state: 'offline' },
        ...{ sinceMs: nowMs - 120_000, stories: 4 },
      },
      claims: [
        claim('s-1', 'asked'),
        claim('s-2', 'begun', { local: 's-5' }),
        claim('s-3', 'verified', { local: 's-6' }),
        claim('s-4', 'releasing', { reason: 'no key for the shop' }),
      ],
    },
    view,
  );
  expect(text).toMatchInlineSnapshot(`
    "ID   LABEL   STATE      HEARD    LOAD   AGENTS  VERSION  HOST
    n-1  attic   connected  4s ago   3.2/8  3       0.9.2    attic.lan linux-x64
    n-2  cellar  lost       12m ago  3.2/8  3       0.9.2    cellar.lan linux-x64
    n-1 attic: takes no story: 1 of 1 agent‹ESC› at work.

    STORY  NODE    SINCE   CLAIM  THERE  AGENT THERE  TITLE
    s-12   attic   1h ago  3      qa     a-7          Log in
    s-13   cellar  1h ago  1      -      -            Pay
    s-14   cellar  1h ago  2      -      -            Go
    cellar, not heard for 12 min, has s-13, s-14: after 30 min they go to others.

    This Musher is a node of http://127.0.0.1:9119, as shed (n-4)
      cut off for 2m; 4 stories known

    Its claims
    STORY THERE  HERE  STATE               SINCE   TITLE    NEXT
    s-1          -     asked for           1m ago  The s-1  the rendezvous says who has it once it is heard again
    s-2          s-5   at work             1m ago  The s-2  it goes on here while this Musher is cut off
    s-3          s-6   ready, and brought  1m ago  The s-3  the rendezvous takes it once it is heard again
    s-4          -     given back          1m ago  The s-4  no key for the shop"
  `);
});

it('says on a node without nodes of its own nothing of how machines are let join', () => {
  const rendezvous = {
    ...{ url: 'http://127.0.0.1:9119', node: 'n-4', label: 'shed', state: 'connected' as const },
    ...{ sinceMs: nowMs - 120_000, stories: 2 },
  };
  const text = clusterFormats['node.list'](
    { nodes: [], invites: [], rendezvous, claims: [] },
    view,
  );
  expect(text).toMatch(/^This Musher is a node of http/);
});

it('says how a machine is let join while there is none', () => {
  const none = { nodes: [], invites: [], claims: [] };
  expect(clusterFormats['node.list'](none, view)).toBe(
    'No nodes. Let a machine join: musher join-token --label attic',
  );
});

it('prints a token on a line of its own, whole, with what to type where', () => {
  const token = `mj1.${'A'.repeat(43)}`;
  const made = { token, invite: 'j-7f3k2m9x', label: 'attic', expiresMs: nowMs + 899_800 };
  const text = formatJoinToken({ ...made, port: 9200 }, { ...view, width: 40 });
  expect(text.split('\n')).toContain(`  ${token}`);
  expect(text).toMatchInlineSnapshot(`
    "Join token j-7f3k2m9x for attic: it works once, expires in 15m, and is shown no more.
      mj1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA

    On the other machine, as long as it helps:
      ssh -N -L 9119:127.0.0.1:9200 you@this-machine
    and there, in a clone of this repository:
      musher node --rendezvous http://127.0.0.1:9119 --join mj1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
    On this machine no tunnel is needed:
      musher node --rendezvous http://127.0.0.1:9200 --join mj1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
    Take it back: musher nodes uninvite j-7f3k2m9x"
  `);
});

it('says which nodes see each other, and whom this Musher is linked with as a node', () => {
  const self = (peers: NodeSelf['peers']): Pick<NodeLink, 'self'> => {
    const { link } = node('n-1', 'attic');
    return { self: { ...(link?.self as NodeSelf), peers } };
  };
  const text = clusterFormats['node.list'](
    {
      nodes: [
        node('n-1', 'attic', self({ 'n-2': 'linked', 'n-3': 'away' })),
        node('n-2', 'cellar', { ...self({ 'n-1': 'linked' }), seenMs: nowMs - 90_000 }),
        node('n-3', 'barn\u202e'),
      ],
      invites: [],
      rendezvous: {
        ...{ url: 'http://127.0.0.1:9119', node: 'n-4', label: 'shed', state: 'connected' },
        ...{ sinceMs: nowMs - 120_000, stories: 1 },
        peers: {
          'n-2': { label: 'cellar', state: 'linked' },
          'n-3': { label: 'barn\u202e', state: 'away' },
        },
      },
      claims: [],
    },
    view,
  );
  expect(text.slice(text.indexOf('Links'))).toMatchInlineSnapshot(`
    "Links between nodes
      attic and cellar see each other
      attic and barn‹U+202E› cannot reach each other

    This Musher is a node of http://127.0.0.1:9119, as shed (n-4)
      connected for 2m; 1 story known
      linked with cellar, another node
      barn‹U+202E›, another node, cannot be reached"
  `);
});
