// Who may be watched, by what the rendezvous knows: over real hubs, with the ways in the test's hands.

import { expect, it } from 'vitest';
import { ClusterBox } from '../../../../test/harness/cluster-box.ts';
import { refusedWith } from '../../../../test/harness/hub.ts';
import { linkPair } from '../../../../test/harness/played-link.ts';
import { watcher } from '../../../../test/harness/watch-world.ts';

async function atWork() {
  const all = await ClusterBox.open();
  await all.join();
  const story = await all.add('One');
  await all.settle();
  const { door } = all.home.played.cluster;
  if (door === undefined) throw new Error('no door was opened');
  const [near, far] = linkPair();
  const asked: string[] = [];
  far.onMessage((message) => void asked.push(String(message)));
  const open = () => door.terminals.accept(near, { id: 'n-1', label: 'n-1' });
  return { all, story, door, near, far, asked, open };
}

it('a story is watched at the node that has it, until that is locked out', async () => {
  const { all, story, door, near, asked, open } = await atWork();
  const viewer = watcher();
  expect(() => door.terminals.watch('@n-1/s-99', viewer)).toThrow(/does not work on story "s-99"/);
  expect(() => door.terminals.watch('@n-2/s-1', viewer)).toThrow(/does not work on story "s-1"/);
  const watching = door.terminals.watch(`@n-1/${story}`, viewer);
  await all.home.box.settle();
  expect(all.home.played.shared.calls).toEqual(['n-1']);
  open();
  watching.write('rm -rf');
  watching.resize(1, 1);
  expect(asked).toEqual([JSON.stringify({ k: 'watch', w: 1, story })]);
  await all.home.box.dispatch('node.revoke', { node: 'n-1' });
  await all.home.box.settle();
  expect([viewer.told.at(-1), near.closed?.[0]]).toEqual(['NODE_REVOKED', 1001]);
});

it('a text is asked for once, within a bound, of a node that is there', async () => {
  const { all, story, far, asked, open } = await atWork();
  const { box } = all.home;
  await refusedWith('STORY_ON_NO_NODE', box.ask('node.screen', { story: 's-99' }));
  const first = box.ask('node.screen', { story });
  await box.settle();
  open();
  far.send(JSON.stringify({ k: 'text', w: 1, text: 'hello', cols: 80, rows: 24 }));
  expect(await first).toEqual({ text: 'hello', cols: 80, rows: 24 });
  const second = refusedWith('NODE_TERMINALS_UNANSWERED', box.ask('node.screen', { story }));
  await box.settle();
  await box.advance(20_000);
  await second;
  expect(asked).toHaveLength(2);
  all.cut([...all.nodes.values()][0] as never);
  await box.settle();
  await refusedWith('NODE_AWAY', box.ask('node.screen', { story }));
});
