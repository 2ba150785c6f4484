import { describe, expect, it } from 'vitest';
import { memoryLogger } from '../../../../test/harness/memory-logger.ts';
import { linkPair } from '../../../../test/harness/played-link.ts';
import { playedTerminals } from '../../../../test/harness/played-screens.ts';
import { watchWorld as world } from '../../../../test/harness/watch-world.ts';
import { idleMs } from './keep-alive.ts';
import { Showing } from './showing.ts';
import { callMs } from './way.ts';

describe('a terminal of a node', () => {
  it('is shown as it is and goes on, and nobody is asked once nobody watches', async () => {
    const { screens, calls, open, watch, way, clock, settled } = world();
    const { told, want } = watch();
    expect(calls).toHaveLength(1);
    const { near } = open();
    await settled();
    screens.say('ann.1', 'more');
    expect(told).toEqual(['90x20 screen of ann.1', 'more']);
    expect(screens.viewers('ann.1')).toEqual([true]);
    way.parsed(want, 0);
    way.parsed(want, 4);
    expect(screens.parsed('ann.1')).toBe(4);
    way.remove(want);
    expect(screens.viewers('ann.1')).toEqual([]);
    clock.advance(2 * idleMs);
    expect(near.closed).toEqual([1000, 'nobody watches']);
    clock.advance(10 * idleMs);
    expect([calls.length, clock.pending().length]).toEqual([1, 0]);
  });

  it('of another session is shown next, and the end of a claim ends it', async () => {
    const { screens, targets, open, watch, way, settled } = world();
    const { told, want } = watch();
    const { showing } = open();
    await settled();
    way.parsed(want, 0);
    screens.exit('ann.1', 1);
    targets.set('s-1', { terminalId: 'ann.2' });
    showing.look();
    await settled();
    targets.delete('s-1');
    showing.look();
    expect(told).toEqual([
      ...['90x20 screen of ann.1', 'exit 1', '90x20 screen of ann.2', 'STORY_NOT_AT_NODE'],
    ]);
    expect(screens.viewers('ann.2')).toEqual([]);
  });

  it('that is no work for this rendezvous is not shown, and neither is a ninth', async () => {
    const { screens, open, watch, settled } = world();
    open();
    expect(watch('s-7').told).toEqual(['STORY_NOT_AT_NODE']);
    for (let at = 0; at < 8; at++) watch();
    expect(() => watch()).toThrow(/8 terminals of the node "attic"/);
    await settled();
    expect(screens.viewers('ann.1')).toHaveLength(8);
  });

  it('stalls when its way breaks, is asked for again, and is not while its node is away', async () => {
    const { clock, calls, open, watch, connect, way, settled } = world();
    const { told, want } = watch();
    const first = open();
    await settled();
    way.parsed(want, 0);
    first.near.terminate();
    expect(told.at(-1)).toBe('stalled');
    clock.advance(1_000);
    expect(calls).toHaveLength(2);
    connect(false);
    clock.advance(10 * callMs);
    expect(calls).toHaveLength(2);
    connect(true);
    expect(calls).toHaveLength(3);
    open();
    await settled();
    expect(told.at(-1)).toBe('90x20 screen of ann.1');
  });

  it('of a Musher that does not open a way is called again and again, and said to be too old', () => {
    const { clock, calls, watch } = world();
    const { told } = watch();
    clock.advance(callMs - 1);
    expect([told, calls.length]).toEqual([[], 6]);
    clock.advance(1);
    expect(told).toEqual(['NODE_TERMINALS_UNANSWERED']);
    expect(clock.pending().length).toBe(0);
  });

  it('is left where the network is slower, and its screen comes anew', async () => {
    const { screens, open, watch, settled } = world();
    const { told, want } = watch();
    const { far } = open();
    await settled();
    far.pending = 3 * 1024 * 1024;
    screens.say('ann.1', 'lost');
    expect(screens.viewers('ann.1')).toEqual([]);
    far.pending = 0;
    far.sent();
    await settled();
    // The first screen is parsed: the second one is handed on.
    want.relay?.parsed(0);
    expect(told).toEqual(['90x20 screen of ann.1', '90x20 screen of ann.1 skipped']);
  });

  it('is given as text, once', async () => {
    const { open, way, screens, settled } = world();
    open();
    const said: string[] = [];
    way.add({
      ...{ story: 's-1', onText: ({ text }) => void said.push(text) },
      onFail: ({ code }) => void said.push(code),
    });
    await settled();
    expect([said, screens.viewers('ann.1')]).toEqual([['text of ann.1'], []]);
  });
});

it('a node that is asked for anything else closes its way', () => {
  for (const ask of ['{"k":"input","w":1,"data":"x"}', '{"k":"resize","w":1,"cols":9,"rows":9}']) {
    const [near, far] = linkPair();
    const { terminals } = playedTerminals();
    const log = memoryLogger([]);
    new Showing({ link: far, terminals, targetOf: () => 'none', log });
    near.send(ask);
    expect(far.closed?.[0]).toBe(4400);
  }
});
