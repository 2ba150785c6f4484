// The terminal host's own copy of its program: whole or not there, never run changed, removed when nothing runs from it, and agents that
// live through the end of the app that it was copied from. Electron's own program is not here: a script and Node's stand for it.

import {
  appendFile,
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { remoteTerminals, shutDownHost } from '../../main/adapters/terminals/remote-terminals.ts';
import type { HostCopies } from '../../main/adapters/host-copy/host-copies.ts';
import { systemClock } from '../../main/base/clock.ts';
import { silentLogger } from '../../main/base/logger.ts';
import { hostCommandOf } from '../../main/compose/host-copies.ts';
import { hostPlace } from '../../main/terminal-host/process/place.ts';
import { mountSmall, unmountAll } from '../harness/small-disk.ts';
import { StandInApp } from '../harness/stand-in-app.ts';
import { agentSpec, isAlive, ScreenViewer } from '../harness/terminals.ts';
import { waitFor } from '../harness/wait.ts';

let data: string;
let apps = 0;
const open: HostCopies[] = [];

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'musher-copy-'));
});

afterEach(async () => {
  for (const one of open.splice(0)) await one.dispose();
  unmountAll();
  await rm(data, { recursive: true, force: true });
});

function install(options: Parameters<typeof StandInApp.install>[1] = {}) {
  return StandInApp.install(join(data, `app-${++apps}`), options);
}

function copiesOf(app: StandInApp, options: Parameters<StandInApp['copies']>[1] = {}): HostCopies {
  const made = app.copies(data, options);
  open.push(made);
  return made;
}

const runtime = () => join(data, 'runtime');
const names = () => readdir(runtime()).catch((): string[] => []);

async function copied(copies: HostCopies): Promise<string> {
  const [program = ''] = (await copies.command()) ?? [];
  if (program === '') throw new Error(`no copy: ${copies.whyNot()}`);
  return join(program, '..');
}

describe.runIf(process.platform === 'linux')('a copy', () => {
  it('has what the host needs, for this user alone, and is made once', async () => {
    const app = await install();
    const copies = copiesOf(app);
    const folder = await copied(copies);
    const files = await readdir(folder, { recursive: true });
    expect(files).toEqual(
      expect.arrayContaining(['musher-terminals', 'icudtl.dat', 'libffmpeg.so', 'files.json']),
    );
    expect(files.some((file) => /renderer|resources/.test(file))).toBe(false);
    expect(await copied(copiesOf(app))).toBe(folder);
    expect(await names()).toHaveLength(1);
    expect(await copies.holds(join(folder, 'musher-terminals'))).toBe(true);
    expect(await copies.holds(app.program)).toBe(false);
  });

  test.each<[string, (folder: string) => Promise<unknown>]>([
    ['with a changed file', (folder) => appendFile(join(folder, 'icudtl.dat'), 'x')],
    ['with a changed program', (folder) => writeFile(join(folder, 'musher-terminals'), 'x')],
    ['without a file', (folder) => rm(join(folder, 'libffmpeg.so'))],
    ['without its list', (folder) => rm(join(folder, 'files.json'))],
    ['with a file that was put beside', (folder) => writeFile(join(folder, 'app/x.js'), '')],
    ['that others may write to', (folder) => chmod(join(folder, 'app'), 0o777)],
    ['with a file that others may write to', (folder) => chmod(join(folder, 'icudtl.dat'), 0o666)],
  ])('%s is not run: another is made', async (_, spoil) => {
    const app = await install();
    const folder = await copied(copiesOf(app));
    const before = await readdir(folder, { recursive: true });
    await spoil(folder);
    expect(await copied(copiesOf(app))).toBe(folder);
    expect((await readdir(folder, { recursive: true })).sort()).toEqual(before.sort());
    expect(await names()).toHaveLength(1);
  });

  it('that does not start is none, and that is the reason', async () => {
    const copies = copiesOf(await install({ script: '#!/bin/sh\necho no library >&2\nexit 7\n' }));
    expect(await copies.command()).toBeUndefined();
    expect(copies.whyNot()).toContain('no library');
    expect(await names()).toEqual([]);
  });

  it('for which there is no room is none; nothing of it stays', async () => {
    const copies = copiesOf(await install(), { spareBytes: 1e15 });
    expect(await copies.command()).toBeUndefined();
    expect(copies.whyNot()).toMatch(/^it takes \d+ MB, and \d+ MB are free/);
    expect(await names()).toEqual([]);
  });

  it('is not made where others may write', async () => {
    await mkdir(runtime());
    await chmod(runtime(), 0o777);
    const copies = copiesOf(await install());
    expect(await copies.command()).toBeUndefined();
    expect(copies.whyNot()).toContain('others may write to');
    expect(await names()).toEqual([]);
  });

  it('that a disk takes only in part is none; nothing of it stays', async () => {
    await mkdir(runtime());
    if (!(await mountSmall(runtime(), 1))) return;
    const app = await install();
    await writeFile(join(app.folder, 'libmore.so'), Buffer.alloc(3e6));
    const copies = copiesOf(app, { spareBytes: -1e9 });
    expect(await copies.command()).toBeUndefined();
    expect(copies.whyNot()).toContain('ENOSPC');
    expect(await names()).toEqual([]);
  });

  it('that takes too long is not waited for, and not begun again', async () => {
    const copies = copiesOf(await install({ script: '#!/bin/sh\nexec sleep 600\n' }), {
      waitMs: 300,
    });
    expect(await copies.command()).toBeUndefined();
    expect(copies.whyNot()).toContain('was not made within');
    const making = await waitFor('it to begin', async () => {
      const found = await names();
      return found.length === 1 ? found : 'nothing';
    });
    expect(await copies.command()).toBeUndefined();
    expect(await names()).toEqual(making);
    await copies.dispose();
    expect(await names()).toEqual([]);
  });

  it('takes older ones away, and what deaths left', async () => {
    await copied(copiesOf(await install({ version: '1.0.0' })));
    await mkdir(join(runtime(), '.new-1-half'));
    await rename(
      await copied(copiesOf(await install({ version: '1.1.0' }))),
      `${runtime()}/.old-x`,
    );
    const copies = copiesOf(await install({ version: '2.0.0' }));
    await copies.prepare();
    expect(await names()).toEqual([expect.stringMatching(/^2\.0\.0-/)]);
  });
});

describe.runIf(process.platform === 'linux')('an update', () => {
  function hub(app: StandInApp, copies: HostCopies) {
    const place = hostPlace(data, 'linux');
    const { version, program, root } = app;
    const script = join(root, 'dist/main/terminal-host-process.js');
    const args = ['--data', data, '--version', version];
    const command = hostCommandOf([program, script], copies, args);
    return remoteTerminals({ place, command, version, clock: systemClock, log: silentLogger });
  }

  it('takes the app away under a living agent, which the next version finds and goes on with', async () => {
    const old = await install({ version: '1.0.0', isReal: true });
    const oldCopies = copiesOf(old);
    const before = hub(old, oldCopies);
    const { pid } = await before.open(agentSpec('alpha.1', 'echo'));
    const first = await ScreenViewer.attach(before, 'alpha.1');
    await waitFor('the program', () => first.text().includes('ready') || first.text());
    expect(await oldCopies.holds((await before.hostProgram()) ?? '')).toBe(true);
    const [oldName] = await names();
    // What a host runs from is not taken away, whatever became of it.
    await appendFile(join(runtime(), oldName ?? '', 'icudtl.dat'), 'x');
    const again = copiesOf(old);
    expect(await again.command()).toBeUndefined();
    expect(again.whyNot()).toBe('its copy has changed, and programs run from it');
    expect(await names()).toEqual([oldName]);
    await before.dispose();
    await old.uninstall();

    const next = await install({ version: '2.0.0', isReal: true });
    const copies = copiesOf(next);
    const after = hub(next, copies);
    try {
      expect(await after.list()).toMatchObject([{ id: 'alpha.1', pid }]);
      const viewer = await ScreenViewer.attach(after, 'alpha.1');
      viewer.type('ä漢');
      await waitFor('the echo', () => viewer.output.includes('<ä漢>') || viewer.output);
      // The new version's host has it now; the old one waits for the program that it started, and its copy stays.
      expect((await after.hostProgram()) ?? '').toContain('/2.0.0-');
      await copies.prepare();
      expect(await names()).toContain(oldName);
      await after.end('alpha.1', 1_000);
      expect(await isAlive(pid)).toBe(false);
      const untilGone = async () => {
        await copies.prepare();
        const left = await names();
        return !left.includes(oldName ?? '') || left.join(' ');
      };
      await waitFor('the old copy to go', untilGone, { timeoutMs: 30_000 });
    } finally {
      await after.dispose();
      await shutDownHost({
        place: hostPlace(data, 'linux'),
        command: [process.execPath],
        clock: systemClock,
      });
    }
  }, 60_000);

  it('without a copy the host runs from the app’s program, and says so', async () => {
    const app = await install({ isReal: true });
    const copies = copiesOf(app, { spareBytes: 1e15 });
    const terminals = hub(app, copies);
    try {
      expect(await terminals.list()).toEqual([]);
      expect(await terminals.hostProgram()).toBe(app.program);
      expect(await copies.holds(app.program)).toBe(false);
    } finally {
      await terminals.dispose();
      await shutDownHost({
        place: hostPlace(data, 'linux'),
        command: [process.execPath],
        clock: systemClock,
      });
    }
  });
});
