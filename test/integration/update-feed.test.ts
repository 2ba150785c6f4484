// The real electron-updater against a feed as the release workflow leaves it: what is fetched, and what is refused.

import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NodeHttpExecutor } from 'builder-util';
import {
  configureRequestOptions,
  configureRequestUrl,
  type DownloadOptions,
} from 'builder-util-runtime';
import { AppImageUpdater } from 'electron-updater';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { systemClock } from '../../main/base/clock.ts';
import { silentLogger } from '../../main/base/logger.ts';
import { Updates } from '../../main/bridge/updates.ts';
import { waitUntil } from '../harness/bridge/wait-until.ts';

const program = Buffer.from('a new Musher'.repeat(10_000));
const sum = createHash('sha512').update(program).digest('base64');
/** What Electron's own network does. */
class Network extends NodeHttpExecutor {
  download(url: URL, destination: string, options: DownloadOptions): Promise<string> {
    return options.cancellationToken.createPromise((resolve, reject, onCancel) => {
      const request = { headers: options.headers ?? undefined };
      configureRequestUrl(url, request);
      configureRequestOptions(request);
      const callback = (error: Error | null) => (error ? reject(error) : resolve(destination));
      this.doDownload(
        request,
        { destination, options, onCancel, callback, responseHandler: null },
        0,
      );
    });
  }
}

const files = new Map<string, Buffer>();
let folder: string;
let server: Server;
let updates: Updates;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'musher-updates-'));
  server = createServer(({ url = '' }, response) => {
    const file = files.get(url.split('?')[0] ?? '');
    response.writeHead(file === undefined ? 404 : 200, { 'content-length': file?.length ?? 0 });
    response.end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('APPIMAGE', join(folder, 'Musher.AppImage'));
});

afterEach(async () => {
  updates.dispose();
  vi.unstubAllEnvs();
  files.clear();
  server.close();
  await rm(folder, { recursive: true, force: true });
});

function publish(version: string, { file = program } = {}): void {
  const name = `musher-${version}-linux-x86_64.AppImage`;
  const entry = `  - url: ${name}\n    sha512: ${sum}\n    size: ${program.length}\n`;
  const feed = `version: ${version}\nfiles:\n${entry}path: ${name}\nsha512: ${sum}\nreleaseDate: '2026-01-01T00:00:00.000Z'\n`;
  files.set('/latest-linux.yml', Buffer.from(feed));
  files.set(`/${name}`, file);
}

/** Of version 1.2.3. */
async function open(): Promise<Updates> {
  const { port } = server.address() as AddressInfo;
  const config = join(folder, 'app-update.yml');
  await writeFile(
    config,
    `provider: generic\nurl: http://127.0.0.1:${port}\nupdaterCacheDirName: musher\n`,
  );
  const updater = new AppImageUpdater(undefined, {
    ...{ version: '1.2.3', name: 'musher', isPackaged: true, appUpdateConfigPath: config },
    ...{ userDataPath: join(folder, 'data'), baseCachePath: join(folder, 'cache') },
    whenReady: async () => {},
    relaunch() {},
    quit() {},
    onQuit() {},
  });
  updater.logger = null;
  Object.assign(updater, { httpExecutor: new Network() });
  const memory = new Map<string, string>();
  updates = new Updates({
    ...{ updater, platform: 'linux', clock: systemClock, log: silentLogger },
    memory: {
      value: (name) => memory.get(name),
      setValue: (name, value) => memory.set(name, value),
    },
    onChange() {},
  });
  return updates;
}

async function settled(): Promise<Updates['state']> {
  await updates.check();
  await waitUntil(() => !['checking', 'downloading'].includes(updates.state.kind));
  return updates.state;
}

test('a newer version is fetched and ready', async () => {
  publish('1.3.0');
  await open();
  expect(await settled()).toEqual({ kind: 'ready', version: '1.3.0' });
});

test('one that is not what the feed says is refused', async () => {
  const file = Buffer.from(program);
  file[5] = 0;
  publish('1.3.0', { file });
  await open();
  expect(await settled()).toMatchObject({
    kind: 'failed',
    reason: expect.stringMatching(/sha512/),
  });
  expect(updates.install({ isRestarted: true })).toBe(false);
});

test.each(['1.2.3', '1.1.0'])('a feed of %s leads nowhere', async (version) => {
  publish(version);
  await open();
  expect(await settled()).toEqual({ kind: 'newest' });
});

test('a feed that is gone is a failure, and the next look may do better', async () => {
  await open();
  expect(await settled()).toMatchObject({ kind: 'failed', reason: expect.stringMatching(/404/) });
  publish('1.3.0');
  expect(await settled()).toMatchObject({ kind: 'ready' });
});
