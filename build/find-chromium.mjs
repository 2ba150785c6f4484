// Finds a Chromium for the end-to-end tests, or gets one, and notes its path for test/harness/chromium.ts.
// Runs on Node 20. Order: what the user names, what was found before, Playwright's, the system's, the package manager's.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { chromiumFile, fromRoot } from './paths.mjs';
import { run, StepError, say } from './run.mjs';

const installTimeoutMs = 10 * 60_000;
const headlessShell = 'chromium-headless-shell';

export async function chromiumStep() {
  const named = process.env.MUSHER_CHROMIUM;
  if (named && !(await isUsable(named))) {
    throw new StepError(
      `MUSHER_CHROMIUM names ${named}, which does not start: correct or unset it`,
    );
  }
  const found = named ?? (await findChromium()) ?? (await installChromium());
  if (!found) {
    throw new StepError(
      'the tests need a Chromium: run `npx playwright install chromium`, or set MUSHER_CHROMIUM to the path of one',
    );
  }
  if (readNoted() !== found) say(`tests use ${found}`);
  writeFileSync(chromiumFile, found);
}

async function findChromium() {
  for (const candidate of [readNoted(), playwrightChromium(), ...systemChromiums()]) {
    if (candidate && (await isUsable(candidate))) return candidate;
  }
  return undefined;
}

function readNoted() {
  return existsSync(chromiumFile) ? readFileSync(chromiumFile, 'utf8') : undefined;
}

function playwrightChromium() {
  try {
    const require = createRequire(fromRoot('package.json'));
    return require('playwright').chromium.executablePath();
  } catch {
    return undefined; // a platform that Playwright has no build for
  }
}

function systemChromiums() {
  if (process.platform === 'darwin') return macChromiums();
  if (process.platform === 'win32') return windowsChromiums();
  // The shell is the same engine without windows; it starts and paints in four fifths of the time.
  const names = [
    headlessShell,
    'chromium',
    'chromium-browser',
    'google-chrome-stable',
    'google-chrome',
  ];
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

function macChromiums() {
  const apps = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
  const folders = ['/Applications', join(process.env.HOME ?? '', 'Applications')];
  return folders.flatMap((folder) =>
    apps.map((app) => join(folder, `${app}.app`, 'Contents', 'MacOS', app)),
  );
}

function windowsChromiums() {
  const { LOCALAPPDATA, PROGRAMFILES, 'PROGRAMFILES(X86)': x86 } = process.env;
  const folders = [PROGRAMFILES, x86, LOCALAPPDATA].filter((folder) => folder !== undefined);
  const files = [
    ['Google', 'Chrome', 'Application', 'chrome.exe'],
    ['Chromium', 'Application', 'chrome.exe'],
    ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
  ];
  return folders.flatMap((folder) => files.map((file) => join(folder, ...file)));
}

/**
 * Some distributions install a stub that only names another package: a file is not yet a browser.
 * On Windows the question would open a window, so there the file is enough.
 * @param {string} file
 */
async function isUsable(file) {
  if (!existsSync(file)) return false;
  if (process.platform === 'win32') return true;
  const { code } = await run(file, ['--version'], { output: 'collect', timeoutMs: 20_000 });
  return code === 0;
}

async function installChromium() {
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    await runQuietly('apt-get', ['update']);
    for (const name of [headlessShell, 'chromium']) {
      say(`no Chromium found, installing Debian’s (apt-get install ${name})`);
      await runQuietly('apt-get', ['install', '-y', '--no-install-recommends', name]);
      const found = await findChromium();
      if (found) return found;
    }
  }
  say('no Chromium found, asking Playwright for its own');
  await runQuietly(process.execPath, [
    fromRoot('node_modules', 'playwright', 'cli.js'),
    'install',
    'chromium',
  ]);
  return findChromium();
}

/**
 * @param {string} command
 * @param {string[]} args
 */
function runQuietly(command, args) {
  return run(command, args, {
    output: 'collect',
    timeoutMs: installTimeoutMs,
    env: { DEBIAN_FRONTEND: 'noninteractive' },
  });
}
