// Terminals that say what the test says, to whoever watches them.

import type { ShownTerminals } from '../../main/features/cluster/ports.ts';
import type { TerminalViewer } from '../../main/features/terminals/ports.ts';

export interface PlayedTerminals {
  readonly terminals: ShownTerminals['terminals'];
  say(id: string, text: string): void;
  exit(id: string, exitCode: number): void;
  /** Of each that is attached whether it only watches. */
  viewers(id: string): Array<boolean | undefined>;
  /** Bytes that were acknowledged last. */
  parsed(id: string): number | undefined;
}

const size = { cols: 90, rows: 20 };

export function playedTerminals(): PlayedTerminals {
  const attached = new Map<TerminalViewer, string>();
  const parsed = new Map<string, number>();
  const of = (id: string) => [...attached].filter(([, one]) => one === id).map(([one]) => one);
  return {
    terminals: {
      list: async () => ['ann.1', 'ann.2'].map((id) => ({ id, pid: 1, ...size })),
      text: async (id) => ({ text: `text of ${id}`, ...size }),
      async attach(id, _size, viewer) {
        attached.set(viewer, id);
        viewer.onRestore({ data: `screen of ${id}`, ...size });
        return {
          write: () => {
            throw new Error('somebody types');
          },
          resize: () => {
            throw new Error('somebody decides the size');
          },
          acknowledge: (bytes) => void parsed.set(id, bytes),
          detach: () => void attached.delete(viewer),
        };
      },
    },
    say(id, text) {
      for (const viewer of of(id)) viewer.onData(Buffer.from(text));
    },
    exit(id, exitCode) {
      for (const viewer of of(id)) viewer.onExit({ id, exitCode, signal: null });
    },
    viewers: (id) => of(id).map(({ isWatching }) => isWatching),
    parsed: (id) => parsed.get(id),
  };
}
