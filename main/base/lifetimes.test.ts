import { describe, expect, it } from 'vitest';
import { settle, TestClock, turn } from '../../test/harness/clock.ts';
import { assert, BugError, must } from './assert.ts';
import { sleep } from './clock.ts';
import { Disposables } from './disposable.ts';
import { musherError, ok, reasonOf, refuse, unwrap, wireOf } from './result.ts';

describe('a sleep ends', () => {
  const begin = async (signal?: AbortSignal) => {
    const clock = new TestClock();
    let isOver = false;
    void sleep(clock, 100, signal).then(() => (isOver = true));
    await turn();
    const over = async () => {
      await settle(clock);
      return isOver;
    };
    return { clock, over };
  };
  it('when its time is over', async () => {
    const { clock, over } = await begin();
    clock.advance(99);
    expect(await over()).toBe(false);
    clock.advance(1);
    expect([await over(), clock.pending()]).toEqual([true, []]);
  });
  it('when it is aborted, and keeps no timer', async () => {
    const caller = new AbortController();
    const { clock, over } = await begin(caller.signal);
    caller.abort();
    expect([await over(), clock.pending()]).toEqual([true, []]);
  });
  it('at once when it was aborted before', async () => {
    const { clock, over } = await begin(AbortSignal.abort());
    expect([await over(), clock.pending()]).toEqual([true, []]);
  });
});

describe('lifetimes', () => {
  it('end once, last in first out, each after the one before, whatever fails', async () => {
    const ended: string[] = [];
    const ends = new Disposables();
    ends.add(() => void ended.push('first'));
    ends.add(() => {
      throw new Error('stuck');
    });
    ends.add(async () => {
      await turn();
      ended.push('last');
    });
    await expect(ends.dispose()).rejects.toThrow('did not end cleanly');
    await ends.dispose();
    expect(ended).toEqual(['last', 'first']);
  });
  it('what comes too late ends at once', async () => {
    const ends = new Disposables();
    await ends.dispose();
    let ended = 0;
    ends.add(() => {
      ended += 1;
    });
    expect(ended).toBe(1);
  });
});

describe('three kinds of error', () => {
  it('a refusal is a value that can be thrown', () => {
    expect(unwrap(ok(1))).toBe(1);
    const refusal = refuse('AGENT_UNKNOWN', { agent: 'a', known: 'b' });
    expect(() => unwrap(refusal)).toThrow('There is no agent "a". Known agents: b.');
  });
  it('what is no MusherError says nothing of its inside', () => {
    const wire = wireOf(new Error('/home/me/secret'), 'ref-1');
    expect([wire.code, JSON.stringify(wire).includes('secret')]).toEqual(['INTERNAL', false]);
    expect(wireOf(musherError('SHUTTING_DOWN')).code).toBe('SHUTTING_DOWN');
  });
  it('a cause is kept, and anything thrown has a reason', () => {
    const cause = new Error('why');
    expect(musherError('STORE_FAILED', { reason: 'r', path: 'p' }, cause).cause).toBe(cause);
    expect([reasonOf(cause), reasonOf('text')]).toEqual(['why', 'text']);
  });
  it('a bug is thrown', () => {
    expect(() => assert(false, 'no')).toThrow(BugError);
    expect(() => must(undefined, 'missing')).toThrow('missing');
    expect(must(0, 'missing')).toBe(0);
  });
});
