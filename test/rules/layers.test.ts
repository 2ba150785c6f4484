import { expect, it } from 'vitest';
import { checkLayers, findImports } from './layers.ts';
import { readSources, tell } from './source-file.ts';

it('imports follow the direction of the layers', () => {
  expect(tell(readSources().flatMap(checkLayers))).toEqual([]);
});

it.each([
  ['main/hub/a.ts', "import { x } from '../features/agents/index.ts';", 'hub imports features'],
  ['main/hub/a.ts', "import type { x } from '../adapters/sqlite-log.ts';", 'hub imports adapters'],
  ['main/hub/a.ts', "import { x } from '../../preload/contract/agents.ts';", 'by name'],
  ['main/serve.ts', "import { x } from './adapters/git.ts';", 'entry imports adapters'],
  ['main/broker/a.ts', "import { x } from '../bridge/a.ts';", 'broker imports bridge'],
  ['main/features/a/decide.ts', "import { x } from '../b/reduce.ts';", 'inside the feature b'],
  ['main/features/a/decide.ts', "import { x } from '../b/ports.ts';", 'inside the feature b'],
  ['main/broker/a.ts', "export { x } from '../features/b/reduce.ts';", 'inside the feature b'],
  ['main/cli/a.ts', "import { x } from '../compose/app.ts';", 'cli imports compose'],
  ['main/hub/a.ts', "import { x } from '../../preload/contract/log.ts';", 'by name'],
  [
    'main/base/a.ts',
    "import { readFile } from 'node:fs/promises';",
    'the package node:fs/promises',
  ],
  ['main/features/a/react.ts', "const x = require('simple-git');", 'the package simple-git'],
  ['renderer/a.tsx', "import { x } from '../main/base/a.ts';", 'renderer imports base'],
  ['renderer/a.tsx', "type X = import('electron').App;", 'the package electron'],
  ['preload/contract/a.ts', "import { x } from '../index.ts';", 'contract imports preload'],
  ['main/base/a.ts', "import { x } from '../../test/harness/a.ts';", 'base imports test'],
  ['main/demo/a.ts', "import { x } from '../adapters/git.ts';", 'demo imports adapters'],
  ['main/hub/a.ts', "import { x } from '../demo/a.ts';", 'hub imports demo'],
  ['renderer/features/a/b.tsx', "import { x } from '../b/x.tsx';", 'inside the feature b'],
  ['renderer/app.tsx', "import { x } from './features/b/x.tsx';", 'inside the feature b'],
  [
    'renderer/shell/a.tsx',
    "import { x } from '../features/b/index.ts';",
    'frame knows the feature',
  ],
  ['main/odd/a.ts', '', 'belongs to no layer'],
  ['renderer/features/a/b/c/d.tsx', '', 'deeper than 3 folders'],
])('%s may not hold: %s', (path, text, rule) => {
  expect(tell(checkLayers({ path, text })).join()).toContain(rule);
});

it.each([
  ['main/features/a/decide.ts', "import { x } from '../b/index.ts';"],
  ['main/adapters/git.ts', "import type { x } from '../features/b/ports.ts';"],
  ['main/compose/project.ts', "import { x } from '../adapters/git.ts';"],
  ['main/cli/serve.ts', "const { x } = await import('../compose/app.ts');"],
  ['main/serve.ts', "const { x } = await import('./demo/demo-agents.ts');"],
  ['main/demo/demo-agents.ts', "import type { Door } from '../hub/door.ts';"],
  ['main/terminal-host/host-process.ts', "import { spawn } from 'node-pty';"],
  ['renderer/features/a/b.tsx', "import { x } from '../b/index.ts';"],
  ['renderer/views.ts', "import { aView } from './features/a/index.ts';"],
  ['renderer/features/a/b.tsx', "import { x } from '../../../preload/contract/a.ts';"],
])('%s may hold: %s', (path, text) => {
  expect(tell(checkLayers({ path, text }))).toEqual([]);
});

it('every way to import is seen', () => {
  const text =
    "import 'a'; export * from 'b'; import('c'); require('d'); let x: import('e').X; import f = require('f');";
  const seen = findImports({ path: 'main/a.ts', text }).map((found) => found.specifier);
  expect(seen).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
});
