// How much a page loads before it shows anything. `MUSHER_WRITE_SIZES=1` notes the sizes of now, for the next who looks what grew.

import { readFile, writeFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { readInitialScript } from '../harness/initial-script.ts';

const budgetBytes = 400_000;
const script = readInitialScript();
const noted = new URL('../fixtures/initial-script.json', import.meta.url);

it('the page is there after less than 400 kB, and who made it more is named', async () => {
  const { gzipBytes, parts } = await script;
  if (process.env.MUSHER_WRITE_SIZES === '1') await note(parts);
  const before: Record<string, number> = JSON.parse(await readFile(noted, 'utf8'));
  const grown = [...parts]
    .map(([name, bytes]) => ({ name, by: bytes - (before[name] ?? 0) }))
    .filter(({ by }) => by > 1000)
    .sort((a, b) => b.by - a.by)
    .map(({ name, by }) => `${name} by ${Math.round(by / 1000)} kB`);
  const said = `The initial script has ${gzipBytes} bytes (gzip). Grown: ${grown.join(', ') || 'nothing'}. Load what is not shown at once by lazyPart of renderer/ui.`;
  expect(gzipBytes, said).toBeLessThan(budgetBytes);
});

it('terminals, the diff viewer, markdown and dragging come when they are needed', async () => {
  const { parts } = await script;
  const late = /^(@xterm\/|@dnd-kit\/|@pierre\/|@shikijs\/|react-markdown|micromark)/;
  expect([...parts.keys()].filter((name) => late.test(name))).toEqual([]);
  expect([...parts.keys()]).toContain('react-dom');
});

async function note(parts: ReadonlyMap<string, number>): Promise<void> {
  const kept = [...parts].filter(([, bytes]) => bytes > 1000).sort(([a], [b]) => (a < b ? -1 : 1));
  await writeFile(noted, `${JSON.stringify(Object.fromEntries(kept), undefined, 2)}\n`);
}
