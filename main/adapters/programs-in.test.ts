import { expect, it } from 'vitest';
import { readLsof } from './programs-in.ts';

it('what lsof prints of working folders is read field by field', () => {
  const text = 'p12\ncnode\nfcwd\nn/code/shop wt\np13\nczsh\nfcwd\nn/\n';
  expect(readLsof(text)).toEqual([
    { pid: 12, name: 'node', cwd: '/code/shop wt' },
    { pid: 13, name: 'zsh', cwd: '/' },
  ]);
});
