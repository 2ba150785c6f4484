// What people install: what is in it and what is not, how large it is, and that its parts run without the repository.

import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getRawHeader } from '@electron/asar';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fuses } from '../../build/electron-builder.ts';
import { HostCopies } from '../../main/adapters/host-copy/host-copies.ts';
import { systemClock } from '../../main/base/clock.ts';
import { silentLogger } from '../../main/base/logger.ts';
import { openHostProcess } from '../harness/host-process.ts';
import { makePackaged, type Packaged, readFuses } from '../harness/packaged.ts';
import { makeServeWorld, mergeOneCommit } from '../harness/serve-world.ts';
import { putNode } from '../harness/stand-in-app.ts';
import { agentSpec, ScreenViewer } from '../harness/terminals.ts';
import { waitFor } from '../harness/wait.ts';

const { platform, arch } = process;
let packaged: Packaged;
let entries: ReadonlyMap<string, Entry>;

// Packages are made on the system that they are for; the stand-in is of Linux.
describe.runIf(platform === 'linux')('the packaged app', () => {
  beforeAll(async () => {
    packaged = await makePackaged();
    entries = readEntries(packaged.archive);
    // A bound for what hangs: it computes for ten seconds, and others do beside it.
  }, 180_000);
  afterAll(() => packaged?.dispose());

  /** Each file has to be of one of these; what is new belongs to one or stays out. */
  const allowed = [
    /^(package\.json|LICENSE|dist\/THIRD-PARTY-NOTICES\.txt|dist\/sbom\.cdx\.json)$/,
    /^dist\/main\/(chunks\/)?[\w-]+\.js$/,
    /^dist\/preload\/index\.cjs$/,
    /^dist\/renderer\/((index|gateway|welcome)\.html|assets\/[\w.-]+\.(js|css|svg|wasm|woff2))$/,
    /^dist\/icons\/tray(Template)?(@2x)?\.png$/,
    /^main\/demo\/(scripts|shop)\/[\w./-]+\.(mjs|js|json|md|css)$/,
    new RegExp(
      `^node_modules/better-sqlite3/(package\\.json|LICENSE|lib/.+\\.js|prebuilds/${platform}-${arch}\\.node)$`,
    ),
    /^node_modules\/node-pty\/(package\.json|LICENSE|index\.js)$/,
    new RegExp(
      `^node_modules/@lydell/node-pty-${platform}-${arch}/(package\\.json|LICENSE|lib/.+\\.js|prebuilds/${platform}-${arch}/pty\\.node)$`,
    ),
    /^node_modules\/@xterm\/(headless|addon-unicode11)\/(package\.json|LICENSE|lib(-headless)?\/[\w-]+\.m?js)$/,
  ];

  it('holds what it needs and nothing else', () => {
    const files = [...entries.keys()];
    expect(files.filter((file) => !allowed.some((pattern) => pattern.test(file)))).toEqual([]);
    const unmatched = allowed.filter((pattern) => !files.some((file) => pattern.test(file)));
    expect(unmatched).toEqual([]);
  });

  it('is no larger than it may be', async () => {
    expect((await stat(packaged.archive)).size / 1e6).toBeLessThan(24);
  });

  it('has outside of the archive what the system and other programs read: native parts, and the demo', () => {
    const unpacked = [...entries].filter(([, { unpacked }]) => unpacked).map(([file]) => file);
    expect(unpacked.filter((file) => !file.startsWith('main/demo/')).sort()).toEqual([
      `node_modules/@lydell/node-pty-${platform}-${arch}/prebuilds/${platform}-${arch}/pty.node`,
      `node_modules/better-sqlite3/prebuilds/${platform}-${arch}.node`,
    ]);
    expect(unpacked).toContain('main/demo/scripts/catalog.mjs');
    expect(unpacked).toContain('main/demo/shop/package.json');
  });

  it('has a checksum of every file for Electron to check', () => {
    const without = [...entries].filter(([, { integrity }]) => !integrity?.hash);
    expect(without).toEqual([]);
  });

  it('has the fuses of build/electron-builder.ts', async () => {
    const wanted = Object.values(fuses).map((isOn) => (isOn ? '1' : '0'));
    expect(await readFuses(packaged.program)).toBe(wanted.join(''));
  });

  it('names everybody whose work is inside, for people and for machines', async () => {
    const notices = await readFile(join(packaged.contents, 'dist/THIRD-PARTY-NOTICES.txt'), 'utf8');
    const parts = JSON.parse(await readFile(join(packaged.contents, 'dist/sbom.cdx.json'), 'utf8'));
    expect(parts).toMatchObject({
      bomFormat: 'CycloneDX',
      metadata: { component: { name: 'musher' } },
    });
    const names: string[] = parts.components.map(({ name }: { name: string }) => name);
    // From the page, the command, a style, a native part, and beside them the program that runs all.
    for (const name of ['react-dom', 'fastify', 'tailwindcss', 'better-sqlite3', 'electron'])
      expect(names).toContain(name);
    for (const name of ['react-dom', 'fastify', 'tailwindcss', 'better-sqlite3'])
      expect(notices).toMatch(new RegExp(`^${name} \\d.*\\nLicence: MIT\\n`, 'm'));
    for (const tool of ['vitest', 'electron-builder', 'typescript', 'express'])
      expect(names).not.toContain(tool);
  });

  it('has an icon of each size for each system, and the smallest can be told from a blank', async () => {
    const at = (name: string) => readFile(join(packaged.icons, name));
    const ico = await at('icon.ico');
    const inIco = Array.from({ length: ico.readUInt16LE(4) }, (_, index) => {
      const [bytes, offset] = [
        ico.readUInt32LE(14 + 16 * index),
        ico.readUInt32LE(18 + 16 * index),
      ];
      return ico.subarray(offset, offset + bytes);
    });
    const inIcns: Buffer[] = [];
    const icns = await at('icon.icns');
    for (let offset = 8; offset < icns.length; offset += icns.readUInt32BE(offset + 4))
      inIcns.push(icns.subarray(offset + 8, offset + icns.readUInt32BE(offset + 4)));
    const sizes = (pictures: readonly Buffer[]) =>
      Promise.all(pictures.map(async (one) => (await sharp(one).metadata()).width));
    expect(await sizes(inIco)).toEqual([16, 24, 32, 48, 64, 128, 256]);
    expect(await sizes(inIcns)).toEqual([32, 64, 128, 256, 256, 512, 512, 1024]);
    const { channels } = await sharp(await at('16x16.png')).stats();
    expect(channels.slice(0, 3).every(({ stdev }) => stdev > 20)).toBe(true);
  });

  it('serves its page under plain Node, and its agent’s work is merged', async () => {
    const world = await makeServeWorld();
    try {
      const cli = join(packaged.contents, 'dist/main/cli.js');
      const serving = await world.serve({ cli });
      const { pathname, search } = new URL(serving.loginUrl);
      const { headers } = await serving.as().send(pathname + search);
      const cookie = String(headers['set-cookie']).split(';')[0] ?? '';
      const { text } = await serving.as().send('/', { headers: { cookie } });
      const [, script = ''] = /src="\.\/(assets\/index-[\w-]+\.js)"/.exec(text) ?? [];
      expect((await serving.as().send(`/${script}`, { headers: { cookie } })).status).toBe(200);
      await mergeOneCommit(world, serving);
    } finally {
      await world.dispose();
    }
  });

  it('runs its terminal host under plain Node, and a terminal echoes', async () => {
    const program = join(packaged.contents, 'dist/main/terminal-host-process.js');
    const host = await openHostProcess(program);
    try {
      await host.terminals.open(agentSpec('alpha.1', 'echo'));
      const viewer = await ScreenViewer.attach(host.terminals, 'alpha.1');
      await waitFor('the program', () => viewer.text().includes('ready') || viewer.text());
      viewer.type('ä漢');
      await waitFor('the echo', () => viewer.output.includes('<ä漢>') || viewer.output);
    } finally {
      await host.dispose();
    }
  });

  it('has all that its terminal host’s own copy needs to start', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'musher-package-copy-'));
    try {
      const program = join(folder, 'musher');
      await putNode(program);
      const source = { version: '1.0.0', program, root: packaged.contents, platform };
      const copies = new HostCopies({
        ...{ folder: join(folder, 'runtime'), source, clock: systemClock, log: silentLogger },
      });
      // The copy is tried: every part of the host is loaded from it, the native one too.
      expect(await copies.command(), copies.whyNot()).toHaveLength(2);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

interface Entry {
  readonly files?: Readonly<Record<string, Entry>>;
  readonly unpacked?: boolean;
  readonly integrity?: { readonly hash: string };
}

/** What the archive says of each of its files, by path. */
function readEntries(archive: string): ReadonlyMap<string, Entry> {
  const { header } = getRawHeader(archive) as unknown as { header: Entry };
  const flat = (entry: Entry, path: string): [string, Entry][] =>
    entry.files === undefined
      ? [[path, entry]]
      : Object.entries(entry.files).flatMap(([name, inner]) =>
          flat(inner, path === '' ? name : `${path}/${name}`),
        );
  return new Map(flat(header, ''));
}
