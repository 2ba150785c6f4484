import { expect, it } from 'vitest';
import { settle, TestClock } from '../../../test/harness/clock.ts';
import { healthyMachine } from '../../../test/harness/healthy-machine.ts';
import { musherError } from '../../base/result.ts';
import { checks } from './checks.ts';
import { examine } from './examine.ts';
import type { Machine } from './ports.ts';

const never = <T>() => new Promise<T>(() => undefined);

function begin(other: Partial<Machine>) {
  const clock = new TestClock();
  const over = new AbortController();
  const machine = healthyMachine(other);
  const report = examine({ machine, clock, signal: over.signal });
  return { clock, over, report };
}

const stateOf = async ({ report }: Pick<ReturnType<typeof begin>, 'report'>, id: string) =>
  (await report).checks.find((check) => check.id === id);

it('a healthy machine has every check in its order, all of them ok', async () => {
  const { checks: rows, byMusher, repository } = await begin({}).report;
  expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(['ok']));
  const ids = rows.map(({ id }) => id).filter((id) => !id.startsWith('cli.'));
  expect(ids).toEqual(checks.map(({ id }) => id));
  expect({ byMusher, repository }).toEqual({ byMusher: false, repository: '/code/shop' });
});

it('a look that never ends is unknown once its time is over, and holds up no other', async () => {
  let heard: AbortSignal | undefined;
  const begun = begin({
    disks: (signal) => {
      heard = signal;
      return never();
    },
  });
  await settle(begun.clock);
  begun.clock.advance(8_000);
  expect(await stateOf(begun, 'disk')).toMatchObject({
    state: 'unknown',
    found: 'no answer within 8 s',
  });
  expect((await begun.report).checks.filter(({ state }) => state !== 'ok')).toHaveLength(1);
  expect(heard?.aborted).toBe(true);
});

it('a look that fails is unknown, says why, and what it fails of says what it is', async () => {
  const failing = () => Promise.reject(new Error('EIO: no\nsuch luck'));
  const invalid = () => Promise.reject(musherError('REPOSITORY_INVALID', { path: '/code' }));
  const begun = begin({ disks: failing, repository: invalid, trees: invalid, log: invalid });
  expect(await stateOf(begun, 'disk')).toMatchObject({
    state: 'unknown',
    found: 'EIO: no such luck',
  });
  expect(await stateOf(begun, 'repository')).toMatchObject({
    state: 'problem',
    remedy: expect.any(String),
  });
  for (const id of ['worktrees', 'log', 'leftovers'])
    expect(await stateOf(begun, id)).toMatchObject({
      state: 'unknown',
      found: expect.stringContaining('not looked at'),
    });
});

it('called off, it ends and is no report', async () => {
  const { over, report } = begin({ disks: never });
  over.abort(new Error('enough'));
  await expect(report).rejects.toThrow('enough');
});

it('what is long is cut, in lines and in their length', async () => {
  const trees = Array.from({ length: 40 }, (_, at) => ({
    path: `/w/${'x'.repeat(2_000)}${at}`,
    kind: 'missing' as const,
  }));
  const found = await stateOf(begin({ trees: async () => ({ trees, branches: [] }) }), 'worktrees');
  expect(found?.details).toHaveLength(20);
  expect(found?.details?.at(-1)).toBe('and 21 more');
  expect(Math.max(...(found?.details ?? []).map(({ length }) => length))).toBe(1_000);
});
