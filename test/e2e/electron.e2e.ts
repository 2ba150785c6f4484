// The desktop app in real Electron. Its program comes from a release site that not every machine reaches, so this
// is the one place that skips, aloud; everything below runs under the stand-in of test/harness/electron as well.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, expect, test } from '@playwright/test';
import type { ElectronApplication, Page } from '@playwright/test';
import { findDesktopObstacle } from '../../build/desktop-obstacle.mjs';
import { findElectron } from '../../build/electron-binary.mjs';
import { makeRepository } from '../harness/repositories.ts';
import type { TestRepository } from '../harness/repositories.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = findElectron();
const obstacle =
  program === undefined
    ? 'its program is not installed (`npx install-electron`)'
    : findDesktopObstacle();
if (obstacle !== undefined) console.log(`Skipped under real Electron: ${obstacle}.`);

test.describe('the desktop app', () => {
  // biome-ignore lint/suspicious/noSkippedTests: the program may be absent for good, and it is said aloud
  test.skip(obstacle !== undefined, 'Electron cannot run here; the line above the tests says why');

  let repository: TestRepository;
  let userData: string;
  let app: ElectronApplication;
  let page: Page;

  test.beforeAll(async () => {
    repository = await makeRepository();
    await repository.commit('first', { 'a.txt': 'a' });
    userData = await mkdtemp(join(tmpdir(), 'musher-user-'));
    app = await launch();
    page = await app.firstWindow();
  });

  test.afterAll(async () => {
    await app?.close();
    await repository?.dispose();
    if (userData !== undefined) await rm(userData, { recursive: true, force: true });
  });

  function launch(): Promise<ElectronApplication> {
    const sandbox =
      process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    return _electron.launch({
      executablePath: program,
      args: [
        ...sandbox,
        `--user-data-dir=${userData}`,
        root,
        '--repo',
        repository.root,
        '--port',
        '0',
      ],
    });
  }

  test('shows its page, from its own scheme', async () => {
    await page.waitForLoadState();
    expect(page.url()).toMatch(/^musher:\/\/app\/\?project=[^#]+(#.*)?$/);
    await expect(page.locator('#root > *').first()).toBeVisible();
    expect(await page.evaluate(() => location.origin)).toBe('musher://app');
  });

  test('gives the page two functions and nothing of Node', async () => {
    const found = await page.evaluate(() => ({
      api: Object.keys(window.musher ?? {}),
      node: ['require', 'process', 'module', 'Buffer'].filter((name) => name in window),
    }));
    expect(found).toEqual({ api: ['connect', 'tell'], node: [] });
  });

  test('has a hub behind the page', async () => {
    const frames = await page.evaluate(async () => {
      const port = new Promise<MessagePort>((resolve) => {
        window.addEventListener('message', (event) => {
          if (event.data === 'musher:port' && event.ports[0]) resolve(event.ports[0]);
        });
      });
      await window.musher?.connect();
      const own = await port;
      const kinds: string[] = [];
      const both = new Promise<string[]>((resolve) => {
        own.onmessage = ({ data }) => {
          kinds.push(JSON.parse(data).k);
          if (kinds.length === 2) resolve(kinds);
        };
      });
      own.postMessage(JSON.stringify({ k: 'hello', protocol: 4, sinceSeq: 0 }));
      return both;
    });
    expect(frames).toEqual(['welcome', 'projects']);
  });

  test('keeps the page where it is', async () => {
    const refused = await page.evaluate(async () => {
      const opened = window.open('about:blank');
      const fetched = await fetch('https://example.com/').then(
        () => true,
        () => false,
      );
      const escaped = await fetch('musher://app/..%2f..%2fpackage.json');
      location.href = 'https://example.com/';
      return { opened: opened !== null, fetched, escaped: escaped.status };
    });
    expect(refused).toEqual({ opened: false, fetched: false, escaped: 404 });
    expect(page.url()).toMatch(/^musher:\/\/app\//);
  });

  test('has its one instance', async () => {
    const second = await launch().catch(() => undefined);
    expect(second?.windows() ?? []).toEqual([]);
    await second?.close().catch(() => undefined);
  });

  test('ends cleanly, and in its time, when it is told to quit', async () => {
    const ended = new Promise<number | null>((resolve) => app.process().once('exit', resolve));
    await app.evaluate((electron) => electron.app.quit()).catch(() => undefined);
    expect(await ended).toBe(0);
  });
});
