import { expect, it } from 'vitest';
import { compareVersions } from './versions.ts';

it('versions are compared by number, part by part', () => {
  expect(compareVersions('1.9.3', '1.10.0')).toBeLessThan(0);
  expect(compareVersions('1.10.0', '1.9.3')).toBeGreaterThan(0);
  expect(compareVersions('2.0.0', '2.0.0')).toBe(0);
});
