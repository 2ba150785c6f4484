import { mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createEditors } from '../../main/adapters/editors.ts';
import { waitFor } from '../harness/wait.ts';

const editors = createEditors();
let home: string;
let folder: string;

beforeEach(async () => {
  home = await realpath(await mkdtemp(join(tmpdir(), 'musher-editor-')));
  folder = join(home, 'tree');
  await mkdir(join(folder, 'src'), { recursive: true });
  await mkdir(join(home, 'tree-beside'));
  for (const file of ['tree/src/a.ts', 'tree-beside/b.ts', 'secret'])
    await writeFile(join(home, file), 'x');
  await symlink(join(home, 'secret'), join(folder, 'link'));
});
afterEach(() => rm(home, { recursive: true }));

it.each([
  ['src/a.ts', 'tree/src/a.ts'],
  ['link', undefined],
  ['../secret', undefined],
  ['../tree-beside/b.ts', undefined],
  ['/etc/passwd', undefined],
  ['src', undefined],
  ['none', undefined],
])('%s is in the folder, or is not opened', async (name, expected) => {
  const found = await editors.locate(folder, name);
  expect(found).toBe(expected && join(home, expected));
});

it('a program gets its words as they are, and one that is not there is told', async () => {
  const out = join(home, 'out');
  const script = `require('fs').writeFileSync(${JSON.stringify(out)}, process.argv.slice(1).join('|'))`;
  const ask = { program: process.execPath, cwd: folder, env: {} };
  await editors.start({ ...ask, args: ['-e', script, '--', '$(id); a b:3'] });
  const text = await waitFor('its words', async () => {
    const said = await readFile(out, 'utf8').catch(() => '');
    return said === '' ? 'nothing yet' : { said };
  });
  expect(text.said).toBe('$(id); a b:3');
  await expect(editors.start({ ...ask, program: join(home, 'none'), args: [] })).rejects.toThrow();
});
