import { describe, expect, it } from 'vitest';
import { terminalIdOf } from '../terminals/index.ts';
import { findEnded, findUnclaimed } from './orphans.ts';

const one = (state: string, session = 1) => ({
  ...{ id: 'a', session, state },
  ...(state === 'running' && { terminalId: `a.${session}` }),
});

describe('an agent whose program is gone', () => {
  it.each([
    ['is found', [one('running')], [one('running')], [], ['a.1']],
    ['runs', [one('running')], [one('running')], ['a.1'], []],
    ['was stopped meanwhile', [one('running')], [one('stopping')], [], []],
    ['was only starting when the host was asked', [one('starting')], [one('running')], [], []],
    ['was started again meanwhile', [one('running')], [one('running', 2)], ['a.2'], []],
    ['starts', [one('starting')], [one('starting')], [], []],
  ])('%s', (...[_, before, now, runs, found]) => {
    expect(findEnded({ before, now }, new Set(runs))).toEqual(found);
  });
});

describe('a program that no agent claims', () => {
  it.each([
    ['of an agent that nobody knows', [], ['b.1'], ['b.1']],
    ['of a session that is over', [one('running', 2)], ['a.1', 'a.2'], ['a.1']],
    ['of an agent that is stopped', [one('stopped')], ['a.1'], ['a.1']],
    ['of one that is destroyed', [one('destroyed')], ['a.1'], ['a.1']],
    ['of one that starts: none', [one('starting')], ['a.1'], []],
    ['of one that is being stopped: none', [one('stopping')], ['a.1'], []],
    ['of one that runs: none', [one('running')], ['a.1'], []],
  ])('%s', (...[_, agents, runs, found]) => {
    expect(findUnclaimed(agents, new Set(runs), terminalIdOf)).toEqual(found);
  });
});
