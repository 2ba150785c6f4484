/** What runs beside Musher or would: the terminal host, the system's clock and its notices. */
import { lstat, readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../../base/clock.ts';
import type { HostFacts, NoticeFacts, TimeFacts } from '../../features/doctor/ports.ts';
import { greet } from '../../terminal-host/process/handshake.ts';
import type { HostPlace } from '../../terminal-host/process/place.ts';
import { readState } from '../../terminal-host/process/state.ts';
import { Wire } from '../../terminal-host/process/wire.ts';
import { reasonOf } from '../../base/result.ts';
import { dial } from '../terminals/link-host.ts';
import { askProgram } from '../ask-program.ts';

export async function lookAtHost(place: HostPlace, clock: Clock): Promise<HostFacts> {
  const { address } = place;
  const state = await readState(place.stateFile);
  const facts = { address, terminals: state?.terminals.length ?? 0 };
  const stands = process.platform === 'win32' ? undefined : await lookAtSocket(address);
  if (stands !== undefined) return { ...facts, ...stands };
  const key = await readFile(place.keyFile, 'utf8').catch(() => undefined);
  const socket = await dial(address).catch((error: unknown) => reasonOf(error));
  if (typeof socket === 'string') return { ...facts, state: 'foreign', reason: socket };
  if (socket === undefined)
    return { ...facts, state: process.platform === 'win32' ? 'none' : 'stale' };
  const wire = new Wire(socket);
  try {
    if (key === undefined)
      return { ...facts, state: 'foreign', reason: `the key ${place.keyFile} is not there` };
    const greeting = await greet(wire, { key, clock });
    if (greeting.kind === 'host') return { ...facts, state: 'listens', pid: greeting.info.pid };
    if (greeting.kind === 'gone') return { ...facts, state: 'none' };
    if (greeting.kind === 'silent') return { ...facts, state: 'silent', pid: state?.pid };
    return { ...facts, state: 'foreign', reason: 'who listens has not the key of this user' };
  } finally {
    wire.destroy();
  }
}

/** Undefined where it may be spoken to. */
async function lookAtSocket(
  address: string,
): Promise<Pick<HostFacts, 'state' | 'reason'> | undefined> {
  const found = await lstat(address).catch(() => undefined);
  if (found === undefined) return { state: 'none' };
  if (!found.isSocket()) return { state: 'foreign', reason: 'it is no socket' };
  const uid = process.getuid?.();
  return uid === found.uid ? undefined : { state: 'foreign', reason: 'another user made it' };
}

const syncMs = 2_000;

/** `folders`: whose files' times are looked at, not those below. */
export async function lookAtTime(
  folders: readonly string[],
  ask: {
    readonly clock: Clock;
    readonly env: NodeJS.ProcessEnv;
    readonly signal: AbortSignal;
  },
): Promise<TimeFacts> {
  const files = (await Promise.all(folders.map(filesIn))).flat();
  const newest = files.reduce<(typeof files)[number] | undefined>(
    (last, one) => (last !== undefined && last.mtimeMs >= one.mtimeMs ? last : one),
    undefined,
  );
  const isSynchronized = process.platform === 'linux' ? await synchronized(ask) : undefined;
  return {
    nowMs: ask.clock.now(),
    ...(newest && { newestMs: newest.mtimeMs, newestFile: newest.file }),
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    ...(isSynchronized !== undefined && { isSynchronized }),
  };
}

async function filesIn(folder: string) {
  const names = await readdir(folder).catch(() => []);
  const found = await Promise.all(
    names.map(async (name) => {
      const file = path.join(folder, name);
      const seen = await stat(file).catch(() => undefined);
      return seen?.isFile() ? [{ file, mtimeMs: seen.mtimeMs }] : [];
    }),
  );
  return found.flat();
}

/** By systemd, where it is; undefined elsewhere. */
async function synchronized({
  env,
  signal,
}: Pick<Parameters<typeof lookAtTime>[1], 'env' | 'signal'>): Promise<boolean | undefined> {
  const args = ['show', '--property=NTPSynchronized', '--value'];
  const said = await askProgram({ program: 'timedatectl', args, env, boundMs: syncMs, signal });
  const text = said.kind === 'said' ? said.text.trim() : '';
  return text === 'yes' ? true : text === 'no' ? false : undefined;
}

const busMs = 2_000;
const service = 'org.freedesktop.Notifications';
const bus = 'org.freedesktop.DBus';

/** On Linux a service of the desktop shows notices; it may be there, start when asked, or be missing. */
export async function lookAtNotices(
  { env, platform }: Pick<NodeJS.Process, 'env' | 'platform'>,
  signal: AbortSignal,
): Promise<NoticeFacts> {
  if (platform === 'darwin')
    return { state: 'there', by: 'macOS shows them where System Settings allows it' };
  if (platform === 'win32')
    return { state: 'there', by: 'Windows shows them where Settings allows it' };
  if (!env.DBUS_SESSION_BUS_ADDRESS && !env.DISPLAY && !env.WAYLAND_DISPLAY)
    return { state: 'browser', by: 'there is no desktop session here' };
  for (const program of ['dbus-send', 'gdbus', 'busctl'] as const) {
    const names = await Promise.all(
      (['ListNames', 'ListActivatableNames'] as const).map((list) =>
        askProgram({ program, args: busCall(program, list), env, boundMs: busMs, signal }),
      ),
    );
    const said = names.flatMap((one) => (one.kind === 'said' ? [one.text] : []));
    if (said.some((text) => text.includes(service)))
      return { state: 'there', by: `the service ${service}` };
    if (said.length > 0) return { state: 'none', by: `no service ${service} on the session bus` };
  }
  return { state: 'unknown', by: 'the session bus could not be asked' };
}

function busCall(program: 'dbus-send' | 'gdbus' | 'busctl', method: string): string[] {
  if (program === 'dbus-send')
    return [
      '--session',
      '--print-reply',
      `--dest=${bus}`,
      '/org/freedesktop/DBus',
      `${bus}.${method}`,
    ];
  if (program === 'busctl') return ['--user', 'call', bus, '/org/freedesktop/DBus', bus, method];
  return [
    ...['call', '--session', '--dest', bus, '--object-path', '/org/freedesktop/DBus'],
    ...['--method', `${bus}.${method}`],
  ];
}
