import { expect, it } from 'vitest';
import { plainNotes, sayUpdate, updateWays } from './update-state.ts';

it.each([
  ['no notes', undefined, ''],
  ['text', 'Faster.', 'Faster.'],
  ['a list', '<p>New:</p><ul><li>One</li><li>Two &lt;b&gt;</li></ul>', 'New:\n\n• One\n• Two <b>'],
  [
    'several versions',
    [
      { version: '2', note: 'b' },
      { version: '1', note: null },
    ],
    '2\nb\n\n1',
  ],
  ['a script', 'a<script>alert(1)</script>b', 'aalert(1)b'],
] as const)('%s', (_, notes, text) => expect(plainNotes(notes)).toBe(text));

it('notes without end are cut', () => {
  expect(plainNotes('x'.repeat(9_000))).toHaveLength(4_001);
});

it('only what leads on can be clicked', () => {
  expect(sayUpdate({ kind: 'checking' }).enabled).toBe(false);
  expect(sayUpdate({ kind: 'downloading', version: '2', percent: 1 }).enabled).toBe(false);
  for (const kind of ['idle', 'newest'] as const) expect(sayUpdate({ kind }).enabled).toBe(true);
  expect(sayUpdate({ kind: 'failed', reason: 'x' })).toEqual(sayUpdate({ kind: 'idle' }));
});

it('agents go on where the files of a program that runs can be replaced', () => {
  expect(updateWays('darwin', false)).toEqual({ agentsGoOn: true, isQuiet: true });
  expect(updateWays('linux', false)).toEqual({ agentsGoOn: true, isQuiet: false });
  expect(updateWays('linux', true)).toEqual({ agentsGoOn: false, isQuiet: true });
  expect(updateWays('win32', false)).toEqual({ agentsGoOn: false, isQuiet: true });
});
