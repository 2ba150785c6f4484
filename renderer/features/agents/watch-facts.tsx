import type { ReactNode } from 'react';
import { useRecord } from '../../hub/use-records.ts';
import { nearWords, stuckLine } from './watch-words.ts';

/** What the watchdog says of an agent, as facts of its card; none where it has nothing to say. */
export function useWatchFacts(id: string): ReadonlyArray<readonly [string, ReactNode]> {
  const watch = useRecord('watch', id);
  if (watch === undefined) return [];
  const lines = watch.stuck.map(stuckLine);
  const near = nearWords(watch);
  const stuck = lines.map(({ shape, text, mend }) => (
    <span key={shape} className="flex flex-col">
      <span className="text-amber">{text}</span>
      <span>{mend}</span>
    </span>
  ));
  const facts: Array<readonly [string, ReactNode]> = [];
  if (stuck.length > 0) facts.push(['Stuck', stuck]);
  if (near !== undefined) facts.push(['Limits', near]);
  return facts;
}
