import { describe, expect, it } from 'vitest';
import { longestChain } from '../../../preload/contract/trigger-facts.ts';
import { musherError } from '../../base/result.ts';
import {
  add,
  all,
  drained,
  onStory,
  one,
  openTriggers,
  said,
  story,
  tell,
  types,
  waiting,
} from '../../../test/harness/triggers-box.ts';

describe('firing', () => {
  it('what fits fires, in order, on behalf of the operator, with what the event says', async () => {
    const { box } = await openTriggers();
    await story(box, 'before it was there');
    await add(box, { ...onStory, ...tell('look at {{story}}: {{data.title}}') });
    await story(box, 'one');
    await box.dispatch('learning.add', { text: 'fits not' });
    await story(box, 'two');
    await drained(box);
    expect(said(box)).toEqual(['look at s-2: one', 'look at s-3: two']);
    expect(await one(box)).toMatchObject({
      ...{ state: 'armed', fired: 2, failures: 0 },
      last: { type: 'story.added', outcome: 'done' },
      name: expect.stringContaining('send'),
    });
    const sent = box.store
      .page({ after: 0, limit: 999 })
      .filter(({ type }) => type === 'message.sent');
    expect(sent.at(-1)).toMatchObject({ actor: 'operator', via: 'system' });
  });

  it('once is once, also of two that come together', async () => {
    const { box } = await openTriggers();
    await add(box, { ...onStory, ...tell('{{story}}'), once: true });
    const both = [story(box), story(box)];
    await Promise.all(both);
    await story(box);
    await drained(box);
    expect([said(box), (await one(box))?.state]).toEqual([['s-1'], 'spent']);
    await box.dispatch('trigger.resume', { trigger: 'tr-1' });
    await story(box);
    await drained(box);
    expect([said(box), (await one(box))?.state]).toEqual([['s-1', 's-4'], 'spent']);
  });

  it('a cool-down counts from the event that it fired on, also when the clock is set back', async () => {
    const { box } = await openTriggers();
    await add(box, { ...onStory, ...tell('{{story}}'), cooldownMs: 60_000 });
    for (const ms of [0, 30_000, 29_999, 1, 60_000]) {
      await box.advance(ms);
      await story(box);
      await drained(box);
    }
    box.clock.setWall(box.clock.now() - 86_400_000);
    await story(box);
    await drained(box);
    expect(said(box)).toEqual(['s-1', 's-4', 's-5', 's-6']);
  });

  it('an expression decides; one that fails is told once and stops no other', async () => {
    const { box } = await openTriggers();
    await add(box, { ...onStory, where: 'data.title == "yes"', ...tell('{{data.title}}') });
    await add(box, { ...onStory, where: 'data.nothing == 1', ...tell('never') });
    for (const title of ['no', 'yes', 'no']) await story(box, title);
    await drained(box);
    expect(said(box)).toEqual(['yes']);
    expect((await one(box, 'tr-2'))?.notes).toMatchObject([
      { kind: 'expression', text: expect.stringContaining('No such key: nothing') },
    ]);
    expect(types(box).filter((type) => type === 'trigger.noted')).toHaveLength(1);
    await box.dispatch('trigger.edit', { trigger: 'tr-2', where: 'has(data.nothing)' });
    expect((await one(box, 'tr-2'))?.notes).toBeUndefined();
  });

  it('one whose expression never ends is paused, and waits for the operator', async () => {
    const { box } = await openTriggers();
    await add(box, { ...onStory, where: '"endless" == "endless"', ...tell('never') });
    await story(box);
    await story(box);
    await drained(box);
    expect(await one(box, 'tr-1')).toMatchObject({
      state: 'paused',
      pause: { reason: 'expression', detail: expect.stringMatching(/500 ms.*trigger edit tr-1/) },
    });
    expect(types(box).filter((type) => type === 'trigger.paused')).toHaveLength(1);
  });

  it('a pause and a removal count at once; what happened meanwhile is not made up for', async () => {
    const { box } = await openTriggers();
    await add(box, { ...onStory, ...tell('{{story}}') });
    await box.dispatch('trigger.pause', { trigger: 'tr-1' });
    await story(box);
    await box.dispatch('trigger.resume', { trigger: 'tr-1' });
    await story(box);
    await box.dispatch('trigger.remove', { trigger: 'tr-1' });
    await story(box);
    await drained(box);
    expect([said(box), await all(box)]).toEqual([['s-2'], []]);
  });

  it('what an address is sent is the event, and nothing else is filled in there', async () => {
    const { box, outside } = await openTriggers();
    await add(box, { ...onStory, webhook: 'https://x.example/hook?k={{story}}' });
    await story(box, 'secret plans');
    await drained(box);
    const [posted = ''] = outside.done.filter((deed) => deed.startsWith('post'));
    expect(posted).toContain('post https://x.example/hook?k={{story}} {"trigger":{"id":"tr-1"');
    expect(posted).toContain('"story":"s-1"');
    expect((await one(box))?.last).toMatchObject({ outcome: 'done', detail: 'it answered 200' });
  });
});

describe('what fails', () => {
  it('three times in a row pauses it, and the operator is told; a success in between counts', async () => {
    const { box, outside } = await openTriggers();
    await add(box, { ...onStory, webhook: 'https://x.example/hook', name: 'hook' });
    const broken = (deed: string) => {
      if (deed.startsWith('post'))
        throw musherError('WEBHOOK_FAILED', { host: 'x.example', reason: 'it answered 500' });
    };
    const results = [broken, broken, () => undefined, broken, broken, broken, broken];
    for (const before of results) {
      outside.before = before;
      await story(box);
      await drained(box);
    }
    expect(await one(box)).toMatchObject({
      ...{ state: 'paused', fired: 6, failures: 3 },
      pause: { reason: 'failures' },
    });
    expect(await waiting(box)).toEqual([
      expect.stringContaining('hook was paused. What it does failed 3 times in a row'),
    ]);
    await box.dispatch('trigger.resume', { trigger: 'tr-1' });
    expect([await waiting(box), (await one(box))?.failures]).toEqual([[], 0]);
  });

  it('once: it is told at once', async () => {
    const { box } = await openTriggers();
    await add(box, { ...onStory, once: true, ...tell('{{data.nothing}}'), name: 'hm' });
    await story(box);
    await drained(box);
    expect(await one(box)).toMatchObject({ state: 'spent', last: { outcome: 'failed' } });
    expect(await waiting(box)).toEqual([
      'hm fired once, and what it does failed: the event has no data.nothing',
    ]);
  });

  it('a command that is refused is told with its remedy, and fires again next time', async () => {
    const { box } = await openTriggers();
    await add(box, { ...onStory, command: 'agent.start', data: { agent: 'nobody' } });
    await story(box);
    await drained(box);
    expect((await one(box))?.last).toMatchObject({
      outcome: 'failed',
      detail: expect.stringContaining('nobody'),
    });
  });
});

describe('the loop guard', () => {
  it('what it does itself does not make it fire, and that is told once', async () => {
    const { box } = await openTriggers();
    await add(box, { on: ['message.sent'], ...tell('echo') });
    for (let n = 0; n < 3; n++) await box.dispatch('message.send', { to: 'b', body: 'hello' });
    await drained(box);
    expect(said(box).sort()).toEqual(['echo', 'echo', 'echo', 'hello', 'hello', 'hello']);
    expect(types(box).filter((type) => type === 'trigger.noted')).toHaveLength(1);
    expect((await one(box))?.notes).toMatchObject([{ kind: 'own' }]);
  });

  it('neither do two that make each other fire, nor one that is told of its own life', async () => {
    const { box } = await openTriggers();
    await add(box, { on: ['message.sent'], command: 'story.add', data: { title: 'x' } });
    await add(box, { ...onStory, ...tell('echo') });
    await add(box, { on: ['trigger.*'], ...tell('own') });
    await box.dispatch('message.send', { to: 'b', body: 'hello' });
    await drained(box);
    // hello -> story -> echo -> (not again); each firing is told by the third, not its own.
    expect(said(box).filter((body) => body === 'echo').length).toBeLessThanOrEqual(3);
    expect(said(box).length).toBeLessThan(30);
    expect((await one(box))?.notes).toMatchObject([{ kind: 'own' }]);
  });

  it('a chain of many triggers ends', async () => {
    const { box } = await openTriggers();
    for (let n = 0; n < longestChain + 3; n++)
      await add(box, {
        on: ['learning.added'],
        where: `data.text == "step ${n}"`,
        command: 'learning.add',
        data: { text: `step ${n + 1}` },
      });
    await box.dispatch('learning.add', { text: 'step 0' });
    await drained(box);
    const fired = (await all(box)).filter((each) => each.fired > 0);
    expect(fired).toHaveLength(longestChain);
    expect((await one(box, `tr-${longestChain + 1}`))?.notes).toMatchObject([{ kind: 'chain' }]);
  });

  it('one that fires too often is paused, and the operator is told', async () => {
    const { box } = await openTriggers();
    await add(box, { ...onStory, ...tell('{{story}}'), perMinute: 5, name: 'busy' });
    for (let n = 0; n < 9; n++) await story(box);
    await drained(box);
    expect(said(box)).toHaveLength(5);
    expect(await one(box)).toMatchObject({ state: 'paused', pause: { reason: 'rate' } });
    expect(await waiting(box)).toEqual([
      expect.stringContaining('busy was paused. It fired 5 times'),
    ]);
    await box.dispatch('trigger.edit', { trigger: 'tr-1', perMinute: 600 });
    expect(await waiting(box)).toEqual([]);
  });
});
