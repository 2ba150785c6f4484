/** The operator's editor. Which program that is says the operator's own config file alone: see `editorOf`. */
import type { CommandData } from '../../../preload/contract/define.ts';
import { editor as contract } from '../../../preload/contract/editor.ts';
import { toWireError } from '../../../preload/contract/errors.ts';
import type { Result } from '../../base/result.ts';
import { ok, reasonOf, refuse } from '../../base/result.ts';
import type { EffectHandler, Feature, PrepareContext } from '../../hub/feature.ts';
import { decided, feature, handler, newEvent } from '../../hub/feature.ts';
import { requireAgent, selectAgents } from '../agents/index.ts';
import type { GoodConfig } from '../settings/index.ts';
import { findFiles } from './find-files.ts';
import type { Editors, EditorStart, TrackedFiles } from './ports.ts';

export interface EditorPorts {
  readonly editors: Editors;
  readonly trackedFiles: TrackedFiles;
  readonly programs: {
    find(
      program: string,
      cwd?: string,
    ): Promise<{ readonly program: string; readonly args: readonly string[] } | undefined>;
    readonly baseEnv: Readonly<Record<string, string>>;
  };
  readonly worktrees: { readonly repository: { readonly root: string } };
  /** Those that settings are in may be opened, wherever they are. */
  readonly config: { files(): ReadonlyArray<{ readonly path: string }> };
  /** As config.toml has it; undefined where nothing is set. */
  readonly command: () => readonly string[] | undefined;
}

type Open = CommandData<typeof contract, 'editor.open'>;

/** Where the file is, and what is started. */
interface OpenFacts {
  readonly path: string;
  readonly line: number;
  readonly start: Words;
}

/** Kept with the effect, so without the environment, which may hold secrets. */
type Words = Omit<EditorStart, 'env'>;

/**
 * Only the user's own file counts: a repository, which agents write in, cannot choose a program that a key of the operator
 * starts.
 */
export function editorOf(files: readonly GoodConfig[]): readonly string[] | undefined {
  return files.find(({ origin }) => origin === 'user')?.config.editor.command;
}

export function editorFeature(ports: EditorPorts): Feature {
  return feature(contract, {
    initial: {},
    version: 1,
    commands: {
      'editor.open': handler({
        prepare: (data, ctx) => locate(ports, data, ctx),
        decide: (_ctx, { agent }: Open, { path, line, start }: OpenFacts) =>
          decided(
            { path, line },
            [newEvent(contract, 'editor.opened', { path, line, agent })],
            [{ kind: 'editor.start', lane: 'editor', data: { path, start } }],
          ),
      }),
      'editor.failed': {
        decide: (_ctx, data) => decided({}, [newEvent(contract, 'editor.failed', data)]),
      },
    },
    queries: {
      'file.find': async ({ text, limit }) => {
        const { files, total } = findFiles(await ports.trackedFiles.list(), text, limit);
        return ok({ files: [...files], total });
      },
      'editor.get': async () => {
        const command = ports.command();
        const { message, mend } = toWireError('EDITOR_NONE');
        return ok(command ? { command: [...command] } : { reason: `${message} ${mend}` });
      },
    },
    reduce: {},
    describe: {
      'editor.opened': ({ data }) =>
        `Opened in the editor: ${(data as OpenFacts).path}:${(data as OpenFacts).line}.`,
      'editor.failed': ({ data }) =>
        `The editor was not opened: ${(data as { reason: string }).reason}`,
    },
    effects: { 'editor.start': startEffect(ports) },
  });
}

async function locate(
  { editors, programs, worktrees, command, config }: EditorPorts,
  { agent, path, line }: Open,
  { hub }: PrepareContext,
): Promise<Result<OpenFacts>> {
  const [program, ...words] = command() ?? [];
  if (program === undefined) return refuse('EDITOR_NONE');
  const found = agent === undefined ? undefined : requireAgent(selectAgents(hub), agent);
  if (found?.ok === false) return found;
  const cwd = found?.value.worktreePath ?? worktrees.repository.root;
  const isConfig = config.files().some((file) => file.path === path);
  const place = isConfig ? { path, line: line ?? 1 } : await find(editors, cwd, { path, line });
  if (place === undefined) return refuse('EDITOR_FILE_UNKNOWN', { path, folder: cwd });
  const started = await programs.find(program, cwd);
  if (started === undefined) return refuse('EDITOR_MISSING', { program });
  const fill = (word: string) =>
    word.replace(/\{(file|line)\}/g, (_, hole) =>
      hole === 'file' ? place.path : String(place.line),
    );
  const args = [...started.args, ...words.map(fill)];
  const start = { program: started.program, args, cwd };
  return ok({ ...place, start });
}

/** A file that is called `a:12` goes before line 12 of `a`. */
async function find(
  editors: Editors,
  folder: string,
  { path, line }: Pick<Open, 'path' | 'line'>,
): Promise<{ path: string; line: number } | undefined> {
  const real = await editors.locate(folder, path);
  if (real !== undefined) return { path: real, line: line ?? 1 };
  const [, name, number] = /^(.+):(\d{1,9})$/s.exec(path) ?? [];
  if (name === undefined || line !== undefined) return undefined;
  const other = await editors.locate(folder, name);
  return other === undefined ? undefined : { path: other, line: Math.max(1, Number(number)) };
}

function startEffect({
  editors,
  programs,
}: EditorPorts): EffectHandler<{ readonly path: string; readonly start: Words }> {
  return {
    async run({ start }, { attempt }) {
      // After a crash nobody waits for it any more.
      if (attempt === 1) await editors.start({ ...start, env: programs.baseEnv });
      return undefined;
    },
    failed: ({ path }, error) => ({
      type: 'editor.failed',
      data: { path, reason: reasonOf(error) },
    }),
  };
}
