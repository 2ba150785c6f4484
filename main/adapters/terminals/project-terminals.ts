/** One project's part of the terminal host. */
import { isGateTerminal } from '../../features/gates/ports.ts';
import type { TerminalRecording, Terminals } from '../../features/terminals/ports.ts';

type RecordingOptions = Omit<TerminalRecording, 'name'>;

export interface ProjectTerminals {
  readonly projectId: string;
  /** Of every terminal; undefined: none is recorded. */
  readonly recording?: RecordingOptions | undefined;
  /** Whose are listed and told of; any of the project's can be named. */
  readonly of: 'agents' | 'gates';
}

/** As `MUSHER_RECORDING` says: `off`, or `plain` for secrets as they were shown; else recorded with secrets hidden. */
export function recordingIn(
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
): RecordingOptions | undefined {
  const { MUSHER_RECORDING: wanted } = env;
  return wanted === 'off' ? undefined : { folder, maskSecrets: wanted !== 'plain' };
}

/**
 * One project's part of the host: ids carry the project's id there, so that two projects with an agent of one name
 * never share a terminal.
 */
export function projectTerminals(
  host: Terminals,
  { projectId, recording, of }: ProjectTerminals,
): Terminals {
  const prefix = `${projectId}/`;
  const outer = (id: string) => prefix + id;
  const isOwn = ({ id }: { id: string }) =>
    id.startsWith(prefix) && isGateTerminal(id.slice(prefix.length)) === (of === 'gates');
  const inner = <T extends { readonly id: string }>(named: T): T => ({
    ...named,
    id: named.id.slice(prefix.length),
  });
  const list = async () => (await host.list()).filter(isOwn).map(inner);
  return {
    list,
    ended: async () => (await host.ended()).filter(isOwn).map(inner),
    lastOutputs: async () => (await host.lastOutputs()).filter(isOwn).map(inner),
    open: async (spec) => {
      const recorded = recording && { recording: { ...recording, name: spec.id } };
      return inner(await host.open({ ...spec, ...recorded, id: outer(spec.id) }));
    },
    attach: (id, size, viewer) =>
      host.attach(outer(id), size, {
        ...{ colors: viewer.colors, isWatching: viewer.isWatching },
        onRestore: (screen) => viewer.onRestore(screen),
        onData: (bytes) => viewer.onData(bytes),
        onExit: (exit) => viewer.onExit(inner(exit)),
      }),
    paste: (id, text, enter) => host.paste(outer(id), text, enter),
    press: (id, ask) => host.press(outer(id), ask),
    text: (id) => host.text(outer(id)),
    pause: (id) => host.pause(outer(id)),
    resume: (id) => host.resume(outer(id)),
    end: (id, graceMs) => host.end(outer(id), graceMs),
    forget: (id) => host.forget(outer(id)),
    onExit: (listener) => host.onExit((exit) => isOwn(exit) && listener(inner(exit))),
    dispose: async () => undefined,
  };
}
