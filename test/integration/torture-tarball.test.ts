// What npm gives to somebody who has only Node and git: installed into an empty folder, by a user who has nothing at home.

import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { itAtLength } from '../harness/at-length.ts';
import { makeServeWorld, mergeOneCommit } from '../harness/serve-world.ts';

const execFileAsync = promisify(execFile);

itAtLength(
  'the tarball works alone: npx musher, musher serve with a commit to its merge, musher node',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'musher-tarball-'));
    const world = await makeServeWorld();
    try {
      await execFileAsync(process.execPath, ['build/facts.mjs'], { timeout: 60_000 });
      const packed = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
      const [{ filename, size, files }] = JSON.parse((await npm(packed, {})).stdout);
      expect(size).toBeLessThan(6_000_000);
      const paths = (files as { path: string }[]).map(({ path }) => path);
      expect(paths.filter((path) => !expected.test(path))).toEqual([]);

      const [home, app] = [join(folder, 'home'), join(folder, 'app')];
      for (const made of [home, app]) await mkdir(made);
      await writeFile(join(app, 'package.json'), '{}');
      const env = { ...(await ofNpm()), HOME: home, USERPROFILE: home, PATH: plainPath() };
      const tarball = join(folder, filename);
      const install = ['install', '--no-audit', '--no-fund', tarball];
      await npm(install, { cwd: app, env });
      const beside = (await readdir(join(app, 'node_modules'))).filter(
        (name) => !name.startsWith('.'),
      );
      expect(beside.sort()).toEqual([
        '@lydell',
        '@xterm',
        'better-sqlite3',
        'musher',
        'node-addon-api',
        'node-pty',
      ]);

      const { version } = JSON.parse(await readFile('package.json', 'utf8'));
      const npx = ['exec', '--yes', '--package', tarball, '--', 'musher', '--version'];
      expect((await npm(npx, { cwd: folder, env })).stdout.trim()).toBe(version);
      const musher = (...words: string[]) =>
        npm(['exec', '--no', '--', 'musher', ...words], { cwd: app, env });
      expect((await musher('--version')).stdout.trim()).toBe(version);
      expect((await musher('node', '--help')).stdout).toContain('--rendezvous');
      const cli = join(app, 'node_modules/musher/dist/main/cli.js');
      await mergeOneCommit(
        world,
        await world.serve({ cli, env: { ...world.repository.env, ...env } }),
      );
    } finally {
      await world.dispose();
      await rm(folder, { recursive: true, force: true });
    }
  },
  180_000,
);

const expected =
  /^(package\.json|README\.md|LICENSE|dist\/(main\/(chunks\/)?[\w-]+\.js|preload\/index\.cjs|renderer\/.*(?<!\.map)|THIRD-PARTY-NOTICES\.txt|sbom\.cdx\.json)|main\/demo\/(scripts|shop)\/.*)$/;

interface Where {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

function npm(args: readonly string[], { cwd, env }: Where): Promise<{ stdout: string }> {
  const options = { timeout: 90_000, maxBuffer: 1 << 26, shell: process.platform === 'win32' };
  return execFileAsync('npm', args, { ...options, ...(cwd && { cwd }), ...(env && { env }) });
}

/** Where packages come from, and whom it is trusted by: no property of the user but of the network. */
async function ofNpm(): Promise<Record<string, string>> {
  const { stdout } = await npm(['config', 'get', 'registry'], {});
  const { NODE_EXTRA_CA_CERTS: certificates } = process.env;
  return {
    ...{ npm_config_registry: stdout.trim(), npm_config_fetch_retries: '1' },
    ...(certificates && { NODE_EXTRA_CA_CERTS: certificates }),
  };
}

/** Of this very Node, npm, git and the system: nothing of the repository. */
function plainPath(): string {
  const own = dirname(process.execPath);
  const others = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((one) => !one.includes('node_modules'));
  return [own, ...others].join(delimiter);
}
