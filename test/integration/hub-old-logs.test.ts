import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { globSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { eventDefs } from '../../preload/contract/features.ts';
import { gateway } from '../../preload/contract/gateway.ts';
import { initialState } from '../../main/hub/fold.ts';
import { Pace } from '../../main/base/pace.ts';
import { rebuild } from '../../main/hub/rebuild.ts';
import { buildRegistry } from '../../main/hub/registry.ts';
import { TestClock } from '../harness/clock.ts';
import { openBox } from '../harness/hub.ts';
import { newLogPath, openLog } from '../harness/hub-files.ts';
import { world } from '../harness/hub-ports.ts';
import { playedGatewayFeatures } from '../harness/played-gateway.ts';

const folder = fileURLToPath(new URL('../fixtures/logs', import.meta.url));
const logs = globSync('*.sqlite', { cwd: folder }).map((name) => name.replace('.sqlite', ''));

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** A copy, so that the kept one is never written. */
async function openOld(version: string) {
  const file = await newLogPath();
  await mkdir(path.dirname(file), { recursive: true });
  await copyFile(path.join(folder, `${version}.sqlite`), file);
  return openLog(file);
}

it.each(logs)(
  'FOLD-7: the log of %s gives the state that is kept beside it, can be read by page and written on',
  async (version) => {
    const store = await openOld(version);
    const isGateway = version.endsWith('-gateway');
    const features = isGateway ? playedGatewayFeatures() : world().features;
    const registry = buildRegistry(features);
    const { head, state } = await rebuild({ registry, store, pace: new Pace(new TestClock()) });
    const text = await readFile(path.join(folder, `${version}.state.json`), 'utf8');
    const kept = JSON.parse(text) as { head: object; state: object };
    // A feature that came later folds it too, and has nothing kept to be held to.
    const whole = { ...initialState(registry), ...state, ...kept.state };
    expect(plain({ head, state })).toEqual(plain({ head: kept.head, state: whole }));
    const box = await openBox({ features, store });
    const { seq } = box.hub.head();
    for (const event of store.page({ after: 0, limit: 1_000 }))
      for (const topic of box.hub.topicsOf(event))
        expect(store.page({ after: event.seq - 1, limit: 1, topic })).toEqual([event]);
    if (isGateway) await box.dispatch('project.invite', { hash: 'e'.repeat(64) });
    else await box.dispatch('agent.add', { name: 'new' });
    expect(await store.verify()).toMatchObject({ ok: true });
    expect(store.head().seq).toBeGreaterThan(seq);
  },
);

it('FOLD-7: every event type is in a log that is kept', async () => {
  const stores = await Promise.all(logs.map(openOld));
  const kept = new Set(
    stores.flatMap((store) => store.page({ after: 0, limit: 10_000 }).map(({ type }) => type)),
  );
  const types = [...eventDefs.keys(), ...Object.keys(gateway.events)];
  expect(types.filter((type) => !kept.has(type))).toEqual([]);
});
