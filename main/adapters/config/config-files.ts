/**
 * The config files of a project: the user's own and the repository's. A bad one keeps what it said when it was last good.
 * Both are watched by the folders they are in, and nothing else in those.
 */
import { mkdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { watch } from 'chokidar';
import { parse, TomlError } from 'smol-toml';
import type { Config, ConfigProblem } from '../../../preload/contract/config.ts';
import type { ConfigFile } from '../../../preload/contract/settings.ts';
import type { Logger } from '../../base/logger.ts';
import { reasonOf } from '../../base/result.ts';
import type { ConfigFiles, Values } from '../../features/settings/ports.ts';
import { checkConfig } from './check.ts';
import { hashOf, mostBytes } from './plain-file.ts';
import { profilesIn } from './profiles-in.ts';

export interface ConfigPlaces {
  /** Root of the operator's checkout. */
  readonly root: string;
  /** The user's own data folder; made when it is not there. */
  readonly userFolder: string;
  /** Names that no profile may have. */
  readonly reserved: readonly string[];
  readonly log: Logger;
}

export interface OwnedConfigFiles extends ConfigFiles {
  /** Ends the watching. Safe to call twice. */
  dispose(): Promise<void>;
}

interface Read {
  readonly file: ConfigFile;
  /** What it says, comments too: who keeps its versions is told of any change. The rest is as it was last good. */
  readonly text?: string | undefined;
  readonly config: Config | undefined;
  readonly values?: Values | undefined;
}

export async function openConfigFiles(places: ConfigPlaces): Promise<OwnedConfigFiles> {
  const { root, userFolder, log } = places;
  const files = filesOf(places);
  await mkdir(userFolder, { recursive: true, mode: 0o700 }).catch(() => undefined);
  const reads: Read[] = await Promise.all(files.map((file) => read(file, places)));
  const listeners = new Set<() => void>();
  let reading = Promise.resolve();
  const again = (at: number) => {
    reading = reading.then(async () => {
      const next = await read(files[at] ?? files[0], places, reads[at]);
      if (JSON.stringify(next) === JSON.stringify(reads[at])) return;
      reads[at] = next;
      for (const listener of listeners) listener();
    });
  };
  const watchers = files.map(({ path: file, from }, at) => {
    const watcher = watch(from, {
      ignoreInitial: true,
      depth: 1,
      // The way from the folder to the file, step by step.
      ignored: (seen) => !(file === seen || file.startsWith(`${seen}${path.sep}`)),
    });
    watcher.on('all', () => again(at));
    watcher.on('error', (error) =>
      log.warn({ file, error: reasonOf(error) }, 'changes of a config file are not seen'),
    );
    // What was written before it watched.
    watcher.on('ready', () => again(at));
    return watcher;
  });
  return {
    files: () => reads.map(({ file }) => file),
    profiles: () => profilesIn(reads, root),
    configs: () =>
      reads.flatMap(({ file: { path, origin }, config }) =>
        config === undefined ? [] : [{ path, origin, config }],
      ),
    said: () =>
      reads.flatMap(({ file: { path, origin }, values }) =>
        values === undefined ? [] : [{ path, origin, values }],
      ),
    async refresh() {
      for (const at of files.keys()) again(at);
      await reading;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async dispose() {
      await Promise.all(watchers.map((watcher) => watcher.close()));
      await reading;
    },
  };
}

/** As they are now, once: for who looks and does not stay. */
export async function readConfigFiles(places: Omit<ConfigPlaces, 'log'>) {
  const reads = await Promise.all(filesOf(places).map((file) => read(file, places)));
  return { files: reads.map(({ file }) => file), profiles: profilesIn(reads, places.root) };
}

export function filesOf({ root, userFolder }: Pick<ConfigPlaces, 'root' | 'userFolder'>) {
  return [
    { path: path.join(userFolder, 'config.toml'), origin: 'user', from: userFolder },
    { path: path.join(root, '.musher', 'config.toml'), origin: 'repository', from: root },
  ] as const;
}

async function read(
  { path: file, origin }: Pick<ConfigFile, 'path' | 'origin'>,
  { reserved }: Pick<ConfigPlaces, 'reserved'>,
  before?: Read,
): Promise<Read> {
  let text: string | undefined;
  const bad = (problems: readonly ConfigProblem[]): Read => ({
    file: {
      ...{ path: file, origin, state: 'bad', problems: [...problems] },
      ...(text !== undefined && { hash: hashOf(text) }),
    },
    config: before?.config,
    values: before?.values,
    text,
  });
  try {
    const { size } = await stat(file);
    if (size > mostBytes)
      return bad([{ message: `expected at most ${mostBytes} bytes, found ${size}` }]);
    text = await readFile(file, 'utf8');
    const parsed = parse(text);
    const checked = checkConfig(parsed, { text, reserved, origin });
    if ('problems' in checked) return bad(checked.problems);
    const good: ConfigFile = {
      ...{ path: file, origin, state: 'good', problems: [] },
      hash: hashOf(text),
    };
    return { file: good, config: checked.config, values: parsed as Values, text };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR')
      return { file: { path: file, origin, state: 'absent', problems: [] }, config: undefined };
    return bad([faultOf(error)]);
  }
}

/** The parser's own words, without the picture that it draws of the place. */
export function faultOf(error: unknown): ConfigProblem {
  const [message = ''] = reasonOf(error).split('\n');
  return error instanceof TomlError ? { line: error.line, message } : { message };
}
