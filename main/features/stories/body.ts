/** What a story says at length: the state knows the event that has it. */
import type { LogReader } from '../../hub/feature.ts';
import type { Story } from './slice.ts';

export function bodyOf(log: Pick<LogReader, 'page'>, { bodySeq }: Pick<Story, 'bodySeq'>): string {
  const [event] = log.page({ after: bodySeq - 1, limit: 1 });
  const data = event?.data as { body?: string; fields?: { body?: string } } | undefined;
  return data?.body ?? data?.fields?.body ?? '';
}
