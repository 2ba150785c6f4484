import { expect, it } from 'vitest';
import { nodeLabelFault } from './node-label.ts';

it.each([
  ['attic 2', undefined],
  [' attic ', undefined],
  ['-x', /^Expected letters/],
  ['a#b', /^Expected letters/],
  ['x'.repeat(41), /at most 40/],
])('of the name %j it says %s', (label, fault) => {
  if (fault === undefined) expect(nodeLabelFault(label)).toBeUndefined();
  else expect(nodeLabelFault(label)).toMatch(fault);
});
