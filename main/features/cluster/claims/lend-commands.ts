/** As a rendezvous: the commands by which a story goes to a node and comes back. Pure. */
import type { SystemCommand } from '../../../hub/feature.ts';
import type { Story } from '../../stories/index.ts';
import type { ClusterPorts } from '../ports.ts';
import type { Taken } from './claim-slice.ts';

/** At the commit, and stopped: it works only where what it brought has to be mended. */
export function make(
  room: ClusterPorts['room'],
  { agent: name, commit: at }: Taken,
  story: Story | undefined,
): SystemCommand {
  const wished = story?.profile ?? room.settings().profile ?? 'shell';
  const profile = room.canRun(wished) ? wished : 'shell';
  return { type: 'agent.add', data: { name, profile, at, start: false } };
}

interface More {
  readonly ref?: string;
  readonly reason?: string;
  readonly commit?: string;
  readonly node?: { readonly id: string; readonly claim: number };
}

export function advance(
  story: string,
  transition: string,
  { ref, reason, ...more }: More,
): SystemCommand {
  const cause = { kind: 'node', ...(ref !== undefined && { ref }) };
  const why = reason === undefined ? {} : { reason: reason.slice(0, 2_000) };
  return { type: 'story.advance', data: { story, transition, cause, ...why, ...more } };
}
