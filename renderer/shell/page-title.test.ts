import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { countsOf, iconOf, titleOf } from './page-title.ts';

const blocking = { isBlocking: true };
const message = { isBlocking: false };

it.each([
  [[], 'shop · Musher'],
  [[blocking], '1 waits · shop · Musher'],
  [[blocking, message, blocking], '2 wait, 1 to read · shop · Musher'],
  // Put off, an agent stands still all the same; what is only to be read is out of sight.
  [[message, { ...blocking, snoozedUntilMs: 5 }], '1 waits, 1 to read · shop · Musher'],
  [[{ ...message, snoozedUntilMs: 5 }], 'shop · Musher'],
])('the title of %j is "%s"', (waiting, title) => {
  expect(titleOf(countsOf(waiting), 'shop')).toBe(title);
});

it.each([
  [0, 0, undefined],
  [0, 3, undefined],
  [4, 3, '>4</text>'],
  [12, 0, '>9+</text>'],
])('the icon for %i that wait and %i to read', (waits, others, number) => {
  const svg = decodeURIComponent(iconOf({ blocking: waits, others }));
  expect(svg.match(/>[^<]*<\/text>/)?.[0]).toBe(number);
  expect(svg.match(/<circle/g)).toHaveLength(waits + others > 0 ? 2 : 1);
});

it('the icon is that of the app', () => {
  const words = (text: string) => text.match(/[\w#.%]+/g)?.filter((word) => word !== 'title');
  const kept = readFileSync(new URL('../../build/icon.svg', import.meta.url), 'utf8');
  const app = kept.replace(/<!--.*?-->|<title>.*?<\/title>/gs, '');
  expect(words(decodeURIComponent(iconOf({ blocking: 0, others: 0 })))?.slice(1)).toEqual([
    'image',
    ...(words(`svg+xml,${app}`) ?? []),
  ]);
});
