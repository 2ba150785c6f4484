// A log on a disk whose past is folded by the very thread that does it in the product.

import { onTestFinished } from 'vitest';
import { type ClosablePast, createPast } from '../../main/adapters/sqlite/past-thread.ts';
import type { LogFileOptions } from '../../main/adapters/sqlite/log-store.ts';
import { silentLogger } from '../../main/base/logger.ts';
import type { Feature } from '../../main/hub/feature.ts';
import { type Box, openBox } from './hub.ts';
import { newLogPath, openLog } from './hub-files.ts';
import { memoryStore } from './hub-memory-store.ts';
import { world } from './hub-ports.ts';
import { inlinePast } from './past.ts';

const entry = new URL('../../main/compose/past-worker.ts', import.meta.url);

export interface TimelineBox {
  readonly box: Box;
  readonly past: ClosablePast;
  readonly file: string;
}

/** The thread of a log that a hub has open. */
export function pastOf(file: string): ClosablePast {
  return createPast({ file, entry, log: silentLogger });
}

/** A hub over a store in memory that folds its past in this thread. */
export async function openInlineTimeline(): Promise<Box> {
  const store = memoryStore();
  let features: readonly Feature[] = [];
  const past = inlinePast(store, () => features);
  ({ features } = world({ past }));
  return openBox({ features, store });
}

export async function openTimeline(options: Partial<LogFileOptions> = {}): Promise<TimelineBox> {
  const file = await newLogPath();
  const store = await openLog(file, options);
  const past = pastOf(file);
  onTestFinished(() => past.close());
  const box = await openBox({ features: world({ past }).features, store });
  return { box, past, file };
}

/** Agents that talk and ask, and stories: `rounds` of about ten events each. */
export async function happen(box: Box, rounds: number): Promise<void> {
  const { events } = (await box.ask('log.page', { limit: 1 })) as { events: unknown[] };
  if (events.length === 0)
    for (const name of ['backend', 'docs']) await box.dispatch('agent.add', { name });
  for (let round = 0; round < rounds; round++) {
    const actor = 'agent:backend' as const;
    await box.dispatch('story.add', { title: `story ${round}` });
    await box.dispatch('message.send', { to: 'docs', body: `round ${round}` }, { actor });
    const asked = await box.dispatch('question.ask', { text: `Which ${round}?` }, { actor });
    const { question } = asked.result as { question: string };
    if (round % 2 === 0) await box.dispatch('question.answer', { question, text: 'this' });
    await box.dispatch('message.send', { to: 'operator', body: 'done' }, { actor: 'agent:docs' });
    await box.advance(60_000);
  }
}
