import { expect, it } from 'vitest';
import { labelFault } from './node-label.ts';

it.each([
  ['attic 2', undefined],
  [' attic ', undefined],
  ['-x', /^Expected letters/],
  ['a#b', /^Expected letters/],
  ['x'.repeat(41), /at most 40/],
])('of the name %j it says %s', (label, fault) => {
  if (fault === undefined) expect(labelFault(label)).toBeUndefined();
  else expect(labelFault(label)).toMatch(fault);
});
