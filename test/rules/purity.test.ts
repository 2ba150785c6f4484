import { expect, it } from 'vitest';
import { checkSource, checkTest } from './purity.ts';
import { readSources, readTests, tell } from './source-file.ts';

it('clock, chance, blocking calls and console stay where they belong', () => {
  expect(tell(readSources().flatMap(checkSource))).toEqual([]);
});

it('tests use the real parts, all of them, and wait for facts', () => {
  expect(tell(readTests().flatMap(checkTest))).toEqual([]);
});

it.each([
  ['main/features/a/decide.ts', 'const at = Date.now();', 'Date.now'],
  ['main/features/a/decide.ts', 'const at = new Date();', 'new Date()'],
  ['main/hub/tick.ts', 'globalThis.setInterval(go, 1000);', 'globalThis.setInterval'],
  ['main/hub/tick.ts', "import { setTimeout as sleep } from 'node:timers/promises';", 'timers/'],
  ['main/broker/a.ts', 'const id = crypto.randomUUID();', 'crypto.randomUUID'],
  ['main/broker/a.ts', "import { readFileSync } from 'node:fs';", 'readFileSync'],
  ['main/adapters/a.ts', "fs.writeFileSync('a', 'b');", 'writeFileSync'],
  ['main/adapters/a.ts', "execSync('git');", 'execSync'],
  ['main/adapters/a.ts', "console.log('here');", 'console.log'],
  ['main/base/a.ts', 'const a = b as any;', 'as any'],
  ['main/base/a.ts', '// @ts-ignore\nconst a = b;', '@ts-ignore'],
  ['renderer/features/a/list.tsx', 'const id = Math.random();', 'Math.random'],
  ['renderer/features/a/list.tsx', 'setTimeout(go, 1000);', 'setTimeout'],
])('%s may not hold: %s', (path, text, rule) => {
  expect(tell(checkSource({ path, text })).join()).toContain(rule);
});

it.each([
  ['main/adapters/clock.ts', 'const at = Date.now(); setTimeout(go, 1);'],
  ['main/features/a/view.ts', 'const text = new Date(atMs).toISOString(); queueMicrotask(go);'],
  ['main/cli/a.ts', "console.log(fs.readFileSync('a'));"],
  ['main/adapters/a-worker.ts', "fs.lstatSync('a');"],
  ['renderer/features/a/use-age.ts', 'setInterval(go, 1000);'],
  ['renderer/hub/client.ts', 'const id = crypto.randomUUID();'],
  ['main/broker/a.ts', '// says why @ts-ignore is refused'],
])('%s may hold: %s', (path, text) => {
  expect(tell(checkSource({ path, text }))).toEqual([]);
});

it.each([
  ["vi.mock('./a.ts');", 'vi.mock'],
  ["it.skip('a', go);", 'it.skip'],
  ["describe.concurrent.only('a', go);", 'describe.concurrent.only'],
  ["it.todo('a');", 'it.todo'],
  ['await new Promise((resolve) => setTimeout(resolve, 100));', 'a promise of setTimeout'],
  ['await page.waitForTimeout(100);', 'waitForTimeout'],
  ["import { setTimeout } from 'node:timers/promises';", 'timers/promises'],
])('a test may not hold: %s', (text, rule) => {
  expect(tell(checkTest({ path: 'main/a.test.ts', text })).join()).toContain(rule);
});

it('a test may say what the machine lacks', () => {
  const text = "test.skip(!hasElectron, 'Electron is not installed');";
  expect(tell(checkTest({ path: 'test/e2e/a.e2e.ts', text }))).toEqual([]);
});
