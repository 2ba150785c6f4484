// A terminal of a real node, watched by a page of the rendezvous: shown, not to be reached, and bound to what the node works on for it.

import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { nodeTerminalId } from '../../preload/contract/node-terminals.ts';
import { type ClusterMachines, clusterMachines } from '../harness/cluster-machines.ts';
import { keyHeaders, strangerAt } from '../harness/cluster-world.ts';
import { openPage, type PageTerminals } from '../harness/page-terminals.ts';
import { waitFor } from '../harness/wait.ts';

let cluster: ClusterMachines;
let page: PageTerminals;
beforeAll(async () => {
  cluster = await clusterMachines({ agent: 'echo.mjs' });
  await cluster.rendezvous().operator.command('pipeline.start', {});
  await cluster.join();
  page = await openPage(cluster.rendezvous());
}, 120_000);
afterAll(async () => {
  page?.close();
  await cluster.dispose();
});

const open = (ch: number, terminalId: string) =>
  page.send({ k: 'term.open', ch, terminalId, cols: 33, rows: 7 });
const untilShown = (ch: number, what: string) =>
  waitFor(what, () => page.shown(ch).includes(what) || page.shown(ch), { timeoutMs: 30_000 });

it('what an agent of a node shows is seen at the rendezvous, and no key and no size goes there', async () => {
  const { operator } = cluster.rendezvous();
  const added = await operator.command<{ story: string }>('story.add', { title: 'Say hello' });
  const story = await waitFor(
    'its agent',
    async () => {
      const { nodes } = await operator.query<NodeList>('node.list');
      const found = nodes.flatMap(({ stories }) => stories).find((one) => one.there?.agent);
      return found ?? new Error(JSON.stringify(nodes));
    },
    { timeoutMs: 30_000 },
  );
  expect(story.story).toBe(added.story);
  const agent = story.there?.agent ?? '';
  open(1, nodeTerminalId('n-1', story.story));
  await untilShown(1, 'ready');
  page.send({ k: 'term.input', ch: 1, data: 'q' });
  page.send({ k: 'term.resize', ch: 1, cols: 44, rows: 9 });
  page.send({ k: 'term.ack', ch: 1, parsedBytes: 0 });
  await cluster.nodes[0]?.musher('agent', 'type', agent, 'b');
  await untilShown(1, '<b>');
  expect(page.shown(1)).not.toMatch(/<q>|size |"cols":33/);
  const screen = await operator.query<{ text: string }>('node.screen', { story: story.story });
  expect(screen.text).toMatch(/ready\s+<b>/);
  // Nothing of it is kept here: not in the log, not in the document, not in a recording.
  const kept = path.join(cluster.home, '.git/musher');
  for (const one of await readdir(kept, { recursive: true, withFileTypes: true })) {
    if (!one.isFile()) continue;
    const bytes = await readFile(path.join(one.parentPath, one.name));
    expect([one.name, bytes.includes('<b>')]).toEqual([one.name, false]);
  }

  // What else runs there is nothing of this rendezvous.
  await expect(operator.query('node.screen', { story: 's-999' })).rejects.toThrow(
    'STORY_ON_NO_NODE',
  );
  for (const [ch, id] of ['@n-1/s-999', '@n-9/s-1', `@n-1/${agent}.1`].entries()) {
    open(10 + ch, id);
    await untilShown(10 + ch, 'term.error');
  }
});

it('who sends what may not be loses that way and nothing else, and the node comes again when it is called', async () => {
  const { operator, url } = cluster.rendezvous();
  const file = path.join(cluster.nodes[0]?.clone ?? '', '.git/musher/node.json');
  const { key } = JSON.parse(await readFile(file, 'utf8')) as { key: string };
  const refused = await strangerAt(url, keyHeaders('mn1.nobody'), '/sync/terminals');
  expect(refused.refused?.code).toBe('NODE_TOKEN_INVALID');
  const fake = await strangerAt(url, keyHeaders(key), '/sync/terminals');
  // It has the way now: what was watched is asked of it.
  fake.socket.send('{"k":"screen","w":1,"cols":1e9}');
  expect(await fake.closed).toBe(4400);
  await untilShown(1, 'NODE_TERMINALS_REFUSED');
  const { nodes } = await operator.query<NodeList>('node.list');
  expect(nodes[0]?.link?.isConnected).toBe(true);
  open(2, nodeTerminalId('n-1', 's-1'));
  await untilShown(2, '<b>');
});

interface NodeList {
  readonly nodes: ReadonlyArray<{
    readonly link?: { readonly isConnected: boolean };
    readonly stories: ReadonlyArray<{
      readonly story: string;
      readonly there?: { readonly agent?: string };
    }>;
  }>;
}
