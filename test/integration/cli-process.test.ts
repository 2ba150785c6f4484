import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandEnvelopeSchema } from '../../preload/contract/envelope.ts';
import { toWireError } from '../../preload/contract/errors.ts';
import { agentAt, type Broker, startBroker } from './cli-world.ts';

const cli = fileURLToPath(new URL('../../main/cli.ts', import.meta.url));
let broker: Broker;

beforeAll(async () => {
  broker = await startBroker({
    'message.send': () => ({ seq: 12, deliveredTo: ['operator'], failed: [] }),
    'inbox.read': ({ data }) =>
      Number(data.waitMs) > 0 ? new Promise(() => {}) : { items: [], cursor: 3 },
  });
});
afterAll(() => broker.close());

function start(argv: readonly string[], more: Record<string, string> = {}): ChildProcess {
  const env = { ...process.env, ...agentAt(broker).env, NO_COLOR: '', ...more };
  return spawn(process.execPath, [cli, ...argv], { env, stdio: ['ignore', 'pipe', 'pipe'] });
}

async function read(stream: NodeJS.ReadableStream | null): Promise<string> {
  let text = '';
  for await (const chunk of stream ?? []) text += String(chunk);
  return text;
}

describe('the process', () => {
  it('prints the version of the package', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [cli, '--version']);
    const packageFile = new URL('../../package.json', import.meta.url);
    expect(stdout.trim()).toBe(JSON.parse(await readFile(packageFile, 'utf8')).version);
  });

  it('asks the hub and ends by itself', async () => {
    const child = start(['inbox']);
    const exited = once(child, 'exit');
    expect(await read(child.stdout)).toBe('Nothing new.\n');
    expect(await exited).toEqual([0, null]);
  });

  it('gives each command an id of its own, as the hub takes them', async () => {
    const before = broker.calls.length;
    const ran = ['a', 'b'].map((body) => once(start(['send', 'operator', body]), 'exit'));
    expect(await Promise.all(ran)).toEqual([
      [0, null],
      [0, null],
    ]);
    const ids = broker.calls.slice(before).map(({ headers }) => headers['idempotency-key']);
    expect(new Set(ids).size).toBe(2);
    for (const id of ids) expect(commandEnvelopeSchema.shape.id.parse(id)).toBe(id);
  });

  it('never goes through a proxy, whatever the environment says', async () => {
    const seen: string[] = [];
    const proxy = createServer((request, answer) => {
      seen.push(`${request.url}`);
      answer.end();
    });
    await once(proxy.listen(0, '127.0.0.1'), 'listening');
    const { port } = proxy.address() as AddressInfo;
    const env = { NODE_USE_ENV_PROXY: '1', http_proxy: `http://127.0.0.1:${port}`, no_proxy: '' };
    const child = start(['inbox'], { ...env, HTTP_PROXY: env.http_proxy, NO_PROXY: '' });
    const exited = once(child, 'exit');
    expect(await read(child.stdout)).toBe('Nothing new.\n');
    expect([await exited, seen]).toEqual([[0, null], []]);
    proxy.close();
  });

  it('ends with 130 at Ctrl+C while it waits', async () => {
    const arrived = broker.nextCall();
    const child = start(['inbox', '--wait', '60s']);
    const exited = once(child, 'exit');
    await arrived;
    child.kill('SIGINT');
    expect(await read(child.stderr)).toBe('');
    // Windows ends a process outright.
    expect(await exited).toEqual(process.platform === 'win32' ? [null, 'SIGINT'] : [130, null]);
  });

  it('is silent when its reader has gone', async () => {
    const child = start(['help', 'exit-codes']);
    const exited = once(child, 'exit');
    child.stdout?.destroy();
    expect(await read(child.stderr)).toBe('');
    expect(await exited).toEqual([0, null]);
  });
});

describe('the entry', () => {
  it('imports nothing statically but what an old Node has', async () => {
    const text = await readFile(cli, 'utf8');
    const imports = [...text.matchAll(/^import .* from '([^']+)'/gm)].map(([, from]) => from);
    expect(imports.length).toBeGreaterThan(0);
    for (const from of imports) expect(from).toMatch(/^node:/);
    // A name that an old Node lacks would keep it from loading the file at all.
    expect(text).not.toMatch(/^import \{.*\} from 'node:module'/m);
  });

  it('ends on an old Node with one line, and loads nothing more', async () => {
    const older = "Object.defineProperty(process, 'versions', { value: { node: '20.1.0' } })";
    const argv = ['--import', `data:text/javascript,${encodeURIComponent(older)}`, cli, 'inbox'];
    const child = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'pipe'] });
    const exited = once(child, 'exit');
    expect(await read(child.stderr)).toMatch(/^This is Node 20\.1\.0; [^\n]+\n→ [^\n]+\n$/);
    expect(await exited).toEqual([1, null]);
  });

  it('says of an old Node what the error table says', async () => {
    const text = await readFile(cli, 'utf8');
    const { message, mend } = toWireError('RUNTIME_TOO_OLD');
    const found = text
      .replace(/\$\{process[.\w]+\}/, '{found}')
      .replace(/\$\{oldestNode\}/, '{expected}')
      .replace(/\$\{code\}/, 'RUNTIME_TOO_OLD');
    expect(found.replaceAll('\\`', '`')).toContain(`${message} [RUNTIME_TOO_OLD]\\n→ ${mend}`);
  });

  it('the page lists the exit codes as they are', async () => {
    const { exitCodeMeanings } = await import('../../main/cli/exit-codes.ts');
    const page = await readFile(new URL('../../main/cli/README.md', import.meta.url), 'utf8');
    const rows = page.replaceAll('`--wait`', '--wait');
    for (const [code, meaning] of exitCodeMeanings)
      expect(rows).toContain(`| ${code} | ${meaning} |`);
  });
});
