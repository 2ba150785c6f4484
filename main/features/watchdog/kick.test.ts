import { expect, it } from 'vitest';
import type { Kickable, KickAsk } from './kick.ts';
import { isToKick } from './kick.ts';

const nowMs = 1_000_000;
const agent: Kickable = {
  ...{ state: 'running', session: 2, isHooked: true, launchedMs: nowMs - 5_000 },
  conversation: { how: 'resumed' },
  restart: { session: 1, tries: 1 },
};
const base: KickAsk = { agent, wish: 'after-crash', isWakeable: true, kickedIn: 1, nowMs };

function asked({
  agent: more = {},
  ...ask
}: Partial<Omit<KickAsk, 'agent'>> & { agent?: Partial<Kickable> }) {
  return isToKick({ ...base, ...ask, agent: { ...agent, ...more } });
}

it.each<[string, Parameters<typeof asked>[0], boolean]>([
  ['one that its restart policy started again', {}, true],
  [
    'one in the last conversation of its folder',
    { agent: { conversation: { how: 'continued' } } },
    true,
  ],
  ['one at its prompt', { agent: { hook: { event: 'idle' } } }, true],
  ['one that works already', { agent: { hook: { event: 'busy' } } }, false],
  ['one in a new conversation', { agent: { conversation: { how: 'new' } } }, false],
  ['one that was told in this session', { kickedIn: 2 }, false],
  ['one that the operator started', { agent: { restart: { tries: 0 } } }, false],
  [
    'the same, where each start is to be followed',
    { wish: 'always', agent: { restart: undefined } },
    true,
  ],
  ['one whose restart was of a session before', { agent: { session: 3 } }, false],
  ['where nobody is to be told', { wish: 'never' }, false],
  ['one that would run the words', { isWakeable: false }, false],
  ['one that is held', { agent: { paused: {} } }, false],
  ['one that has stopped again', { agent: { state: 'stopped' } }, false],
  [
    'without a hook, before 20 s',
    { agent: { isHooked: false, launchedMs: nowMs - 19_999 } },
    false,
  ],
  ['without a hook, after 20 s', { agent: { isHooked: false, launchedMs: nowMs - 20_000 } }, true],
  ['before five minutes', { agent: { launchedMs: nowMs - 299_999 } }, true],
  ['after five minutes', { agent: { launchedMs: nowMs - 300_000 } }, false],
])('%s: %j', (_, ask, isTold) => {
  expect(asked(ask)).toBe(isTold);
});
