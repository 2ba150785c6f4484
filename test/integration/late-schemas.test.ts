// The built contracts make their schemas late: not one less, not another, and not all of them at once.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { mainConfig } from '../../build/vite.main.ts';
import type { CommandDef, QueryDef } from '../../preload/contract/define.ts';
import { commandDefs, queryDefs } from '../../preload/contract/features.ts';

type Defs = ReadonlyMap<string, CommandDef | QueryDef>;

test('a built capability has the schema that was written, made once, when it is asked for', async () => {
  const outDir = await mkdtemp(join(tmpdir(), 'musher-schemas-'));
  onTestFinished(() => rm(outDir, { recursive: true, force: true }));
  const entry = join(import.meta.dirname, '../../preload/contract/features.ts');
  const config = mainConfig({ features: entry });
  await build({ ...config, build: { ...config.build, outDir, emptyOutDir: false } });
  const built = (await import(pathToFileURL(join(outDir, 'features.js')).href)) as {
    commandDefs: Defs;
    queryDefs: Defs;
  };

  const late = [...built.commandDefs.values()].filter(
    (def) => Object.getOwnPropertyDescriptor(def, 'data')?.get !== undefined,
  );
  expect(late.length).toBeGreaterThan(commandDefs.size / 2);
  expect(said(built.commandDefs)).toEqual(said(commandDefs));
  expect(said(built.queryDefs)).toEqual(said(queryDefs));
  const [first] = late;
  expect(first?.data).toBe(first?.data);
});

function said(defs: Defs) {
  return [...defs].map(([type, { data, result }]) => [type, asJson(data), asJson(result)]);
}

function asJson(schema: z.core.$ZodType) {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
}
