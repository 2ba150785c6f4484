// The shared document in memory, with nodes that the test moves.

import type { NodeSelf } from '../../preload/contract/cluster-facts.ts';
import type { StoryRecord } from '../../preload/contract/story-facts.ts';
import type { Machine, SharedDocument } from '../../main/features/cluster/ports.ts';

export const playedMachine: Machine = {
  look: () => ({ version: '1.0.0', host: 'here', platform: 'linux-x64', cpus: 4, load: 0.5 }),
};

export interface PlayedShared extends SharedDocument {
  readonly written: Map<string, StoryRecord>;
  /** How often the document changed. */
  changes: number;
  readonly admitted: Set<string>;
  readonly isClosed: () => boolean;
  /** A node connects or goes. */
  link(node: string, isConnected: boolean): void;
  /** A node writes its part. */
  hear(node: string, self: NodeSelf): void;
}

export function playedShared(): PlayedShared {
  const written = new Map<string, StoryRecord>();
  const admitted = new Set<string>();
  const connected = new Set<string>();
  const selves = new Map<string, NodeSelf>();
  const listeners = new Set<(node: string) => void>();
  let isClosed = false;
  const tell = (node: string): void => {
    for (const listener of listeners) listener(node);
  };
  const shared: PlayedShared = {
    ...{ written, admitted, changes: 0, isClosed: () => isClosed },
    board: {
      stories: () => new Map(written),
      write({ put, remove }) {
        if (put.length + remove.length > 0) shared.changes += 1;
        for (const story of put) written.set(story.id, story);
        for (const id of remove) written.delete(id);
      },
    },
    admit: (node) => void admitted.add(node),
    lockOut: (node) => void admitted.delete(node),
    isConnected: (node) => connected.has(node),
    selfOf: (node) => selves.get(node),
    onNode(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    accept: async () => undefined,
    async close() {
      isClosed = true;
    },
    link(node, is) {
      if (is) connected.add(node);
      else connected.delete(node);
      tell(node);
    },
    hear(node, self) {
      selves.set(node, self);
      tell(node);
    },
  };
  return shared;
}
