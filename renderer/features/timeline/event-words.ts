/** How an event reads in the list. Pure. */
import { agentIdOf } from '../../../preload/contract/agent-id.ts';
import type { PastEvent } from '../../../preload/contract/timeline.ts';

const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium', hourCycle: 'h23' });

/** `14:03:22`; the day is in the list's headings. */
export function formatClock(atMs: number): string {
  return time.format(atMs);
}

export function writerOf({ actor, via }: Pick<PastEvent, 'actor' | 'via'>): string {
  const name = agentIdOf(actor) ?? (actor === 'operator' ? 'you' : 'Musher');
  return via === undefined ? name : `Musher for ${name}`;
}

const bad = /failed|given_up|conflicted|strayed|limited/;
const good = /merged|approved|answered|passed/;
const asks = /asked|requested|blocked/;

/** Where one looks first; the rest is plain. */
export function toneOf(type: string): string {
  if (bad.test(type)) return 'text-red';
  if (good.test(type)) return 'text-green';
  return asks.test(type) ? 'text-amber' : 'text-fg';
}

/** Names of things as they are said: `s-12`, `backend`. */
export function nameOf(about: string): string {
  return about.slice(about.indexOf('/') + 1);
}
