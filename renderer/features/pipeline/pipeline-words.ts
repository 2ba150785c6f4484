/** How the pipeline stands, in words. Pure. */
import type { PipelineNow, PipelineWork } from '../../../preload/contract/pipeline.ts';
import type { DotShape, DotTone } from '../../ui/status-dot.tsx';

export interface Look {
  readonly shape: DotShape;
  readonly tone: DotTone;
  readonly word: string;
}

/** Green while it gives work away; amber where it runs and something stands. */
export function lookOf(now: PipelineNow): Look {
  if (!now.isOn) return { shape: 'bars', tone: 'muted', word: 'Paused' };
  const standing = standingOf(now);
  return standing.length > 0
    ? { shape: 'half', tone: 'amber', word: 'Running' }
    : { shape: 'disc', tone: 'green', word: 'Running' };
}

/** What only the operator can set going again. */
const waitsForOperator: ReadonlySet<string> = new Set([
  ...['agent-paused', 'agent-stopped', 'agent-limit', 'agent-failed'],
]);

/** Stories in work that wait for the operator. */
export function standingOf({ working }: PipelineNow): PipelineWork[] {
  return working.filter(({ waits }) => waits !== undefined && waitsForOperator.has(waits.why));
}

/** `2 of 3 agents`. */
export function sayActive({ active, maxAgents }: PipelineNow): string {
  return `${active} of ${maxAgents} ${maxAgents === 1 ? 'agent' : 'agents'}`;
}

/** Why stories that could begin do not, the most first; empty where none waits. */
export function sayWaiting({ isOn, ready, reasons }: PipelineNow): string {
  const [first, ...more] = reasons;
  if (ready === 0 || first === undefined) return '';
  const count = `${ready} ${ready === 1 ? 'story is' : 'stories are'} ready`;
  if (!isOn) return count;
  const others =
    more.length === 0
      ? ''
      : `, and ${more.length} other ${more.length === 1 ? 'reason' : 'reasons'}`;
  return `${count}: ${shortReasons[first.why] ?? first.what}${others}`;
}

const shortReasons: Readonly<Record<string, string>> = {
  'no-slot': 'all agents are at work',
};
