// `npm run package [-- --dir] [--arch x64,arm64] [--electron <folder>] [--out <folder>]`: what people install, for the system
// that this runs on. `--dir`: only the unpacked app. Needs a build.

import { createHash } from 'node:crypto';
import { createReadStream, existsSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { Arch, build, Platform } from 'electron-builder';
import { feedOf, packageConfig } from './electron-builder.ts';
import { makeIcons, makeTrayIcons } from './icons.ts';
import { fromRoot } from './paths.mjs';
import { fail, say, StepError } from './run.mjs';

/** @type {Record<string, { platform: Platform, targets: string[] }>} */
const systems = {
  darwin: { platform: Platform.MAC, targets: ['dmg', 'zip'] },
  win32: { platform: Platform.WINDOWS, targets: ['nsis'] },
  linux: { platform: Platform.LINUX, targets: ['AppImage', 'deb', 'rpm'] },
};

try {
  await makePackage(readOptions());
} catch (error) {
  fail(error);
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        dir: { type: 'boolean', default: false },
        arch: { type: 'string', default: process.arch },
        electron: { type: 'string' },
        out: { type: 'string', default: fromRoot('release') },
      },
    });
    return { ...values, out: resolve(values.out), archs: values.arch.split(',') };
  } catch (error) {
    throw new StepError(`${sayReason(error)}. There are --dir, --arch, --electron and --out`);
  }
}

/** @param {unknown} error */
function sayReason(error) {
  return error instanceof Error ? error.message.split('\n', 1)[0] : String(error);
}

/** @param {{ dir: boolean, archs: string[], electron?: string | undefined, out: string }} options */
async function makePackage({ dir, archs, electron, out }) {
  const system = systems[process.platform];
  if (!system) throw new StepError(`there is no package for ${process.platform}`);
  for (const arch of archs) requireNativeParts(arch);
  for (const file of ['dist/main/main.js', 'dist/THIRD-PARTY-NOTICES.txt'])
    if (!existsSync(fromRoot(file)))
      throw new StepError(`${file} is missing: run \`npm run package\`, which makes it first`);
  if (electron !== undefined && !existsSync(electron))
    throw new StepError(`--electron: there is no folder ${resolve(electron)}`);
  await makeTrayIcons(fromRoot('dist', 'icons'));
  const made = await build({
    projectDir: fromRoot(),
    targets: system.platform.createTarget(
      dir ? ['dir'] : system.targets,
      ...archs.map(
        (arch) =>
          /** @type {Record<string, Arch>} */ (/** @type {unknown} */ (Arch))[arch] ?? Arch.x64,
      ),
    ),
    config: packageConfig({
      platform: process.platform,
      output: out,
      icons: await makeIcons(join(out, '.icons')),
      electron: electron === undefined ? undefined : resolve(electron),
      signing: findSigning(),
      feed: feedOf(process.env.MUSHER_UPDATES),
    }),
    publish: 'never',
  }).catch((error) => {
    throw new StepError(
      `electron-builder failed: ${sayReason(error)}. Electron and the tools of each format are fetched from github.com the first ` +
        'time: is it reached from here? `DEBUG=electron-builder` says more',
    );
  });
  if (!dir)
    await writeSums(
      out,
      made.filter((file) => !file.endsWith('.blockmap')),
    );
}

/** They are of one system and processor each, and only those of this machine are installed. @param {string} arch */
function requireNativeParts(arch) {
  if (!['x64', 'arm64'].includes(arch))
    throw new StepError(`--arch takes x64, arm64 or both with a comma, not "${arch}"`);
  const name = `@lydell/node-pty-${process.platform}-${arch}`;
  if (existsSync(fromRoot('node_modules', name))) return;
  throw new StepError(
    `${name} is not installed, so a terminal would not start there: package on such a machine, or run \`npm ci --cpu ${arch}\` first`,
  );
}

/** By the environment alone, so that nothing secret is in a file. */
function findSigning() {
  const { env, platform } = process;
  if (platform === 'linux') return { isSigned: false, isNotarized: false };
  const isSigned = Boolean(
    env.CSC_LINK || env.CSC_NAME || (platform === 'win32' && env.WIN_CSC_LINK),
  );
  const byKey = env.APPLE_API_KEY && env.APPLE_API_KEY_ID && env.APPLE_API_ISSUER;
  const byPassword = env.APPLE_ID && env.APPLE_APP_SPECIFIC_PASSWORD && env.APPLE_TEAM_ID;
  const isNotarized = platform === 'darwin' && isSigned && Boolean(byKey || byPassword);
  if (!isSigned) {
    say(
      'not signed: there is no CSC_LINK or CSC_NAME. Systems warn of this package before it starts',
    );
  } else if (platform === 'darwin' && !isNotarized) {
    say(
      'signed, not notarized: there is neither APPLE_API_KEY, APPLE_API_KEY_ID and APPLE_API_ISSUER nor APPLE_ID, ' +
        'APPLE_APP_SPECIFIC_PASSWORD and APPLE_TEAM_ID. macOS refuses it where it was downloaded',
    );
  }
  return { isSigned, isNotarized };
}

/** As `sha256sum --check` reads them. @param {string} folder @param {string[]} files */
async function writeSums(folder, files) {
  const lines = [];
  for (const file of files.sort()) {
    const hash = createHash('sha256');
    await pipeline(createReadStream(file), hash);
    lines.push(`${hash.digest('hex')}  ${basename(file)}`);
    say(`${basename(file)}: ${(statSync(file).size / 1e6).toFixed(1)} MB`);
  }
  writeFileSync(
    join(folder, `SHA256SUMS-${process.platform}-${process.arch}.txt`),
    `${lines.join('\n')}\n`,
  );
}
