/** What a trigger says and how it stands, in words. Pure. */
import type { PauseReason, TriggerRecord } from '../../../preload/contract/trigger-facts.ts';
import { formatAge } from '../../ui/format-time.ts';
import type { DotShape, DotTone } from '../../ui/status-dot.tsx';

export interface TriggerLook {
  readonly shape: DotShape;
  readonly tone: DotTone;
  readonly word: string;
}

const pauseLooks: Readonly<Record<PauseReason, Pick<TriggerLook, 'tone' | 'word'>>> = {
  operator: { tone: 'muted', word: 'paused' },
  failures: { tone: 'amber', word: 'kept failing' },
  rate: { tone: 'amber', word: 'fired too often' },
  expression: { tone: 'amber', word: 'took too long to ask' },
};

/** That it was paused by the hub is what the operator is to see. */
export function lookOf({ state, pause, last, notes = [] }: TriggerRecord): TriggerLook {
  if (state === 'paused') return { shape: 'bars', ...pauseLooks[pause?.reason ?? 'operator'] };
  if (last?.outcome === 'failed') return { shape: 'cross', tone: 'red', word: 'failed' };
  if (state === 'spent')
    return last?.outcome === 'doing'
      ? { shape: 'half', tone: 'blue', word: 'fires' }
      : { shape: 'check', tone: 'muted', word: 'fired' };
  if (last?.outcome === 'doing') return { shape: 'half', tone: 'blue', word: 'fires' };
  if (notes.length > 0) return { shape: 'diamond', tone: 'amber', word: 'armed, with a note' };
  return { shape: 'disc', tone: 'green', word: 'armed' };
}

/** What it waits for: `story.moved · stage blocked · src/**`. */
export function whenOf({ on, story, agent, stage, path, where }: TriggerRecord): string {
  const parts = [
    on.join(', '),
    story === undefined ? '' : `story ${story}`,
    agent === undefined ? '' : `agent ${agent}`,
    stage === undefined ? '' : `to ${stage}`,
    path ?? '',
    where ?? '',
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

/** How long it cools down yet, milliseconds; 0 when it may fire. */
export function coolingMs({ state, last, cooldownMs }: TriggerRecord, nowMs: number): number {
  if (state !== 'armed' || last === undefined) return 0;
  const sinceMs = nowMs - last.atMs;
  return sinceMs < 0 || sinceMs >= cooldownMs ? 0 : cooldownMs - sinceMs;
}

/** In a few words, at the end of its row. */
export function nextOf(trigger: TriggerRecord, nowMs: number): string {
  if (trigger.state === 'paused') return 'paused';
  if (trigger.state === 'spent') return 'spent';
  const leftMs = coolingMs(trigger, nowMs);
  if (leftMs > 0) return `again in ${formatAge(Math.max(1_000, leftMs))}`;
  return trigger.once ? 'once' : 'ready';
}

/** Paused ones that need a look first, then those that fire, then the others; the newest first. */
export function inOrder(triggers: readonly TriggerRecord[]): TriggerRecord[] {
  const rank = ({ state, pause }: TriggerRecord) =>
    state === 'paused' && pause?.reason !== 'operator' ? 0 : state === 'spent' ? 2 : 1;
  const number = ({ id }: TriggerRecord) => Number(id.replace(/\D/g, ''));
  return triggers.toSorted((a, b) => rank(a) - rank(b) || number(b) - number(a));
}
