import { expect, it } from 'vitest';
import { parseLean } from './lean.ts';

it.each([
  [['status'], { json: false }],
  [['--json', 'status'], { json: true }],
  [
    ['status', '--url', 'http://h:1', '--token', 't'],
    { json: false, url: 'http://h:1', token: 't' },
  ],
])('%j is understood without the command tree', (argv, globals) => {
  expect(parseLean(argv)).toEqual({ globals });
});

it.each([
  [[]],
  [['status', '--help']],
  [['status', 'status']],
  [['status', '--url']],
  [['status', '--token', '--json']],
  [['status', '--url=http://h:1']],
  [['inbox']],
  [['--', 'status']],
])('%j goes the whole way', (argv) => {
  expect(parseLean(argv)).toBeUndefined();
});
