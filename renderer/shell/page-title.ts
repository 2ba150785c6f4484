/** What the page's tab says: how many wait for the operator, and beside them what is only to be read. Pure. */

export interface WaitingCounts {
  /** An agent cannot go on without the operator. */
  readonly blocking: number;
  /** Messages and failures: to be looked at. */
  readonly others: number;
}

export function countsOf(waiting: readonly WaitingLike[]): WaitingCounts {
  // What was put off still stops its agent.
  const blocking = waiting.filter(({ isBlocking }) => isBlocking).length;
  const others = waiting.filter(
    ({ isBlocking, snoozedUntilMs }) => !isBlocking && snoozedUntilMs === undefined,
  );
  return { blocking, others: others.length };
}

interface WaitingLike {
  readonly isBlocking: boolean;
  readonly snoozedUntilMs?: number | undefined;
}

/** The numbers first: a tab shows only the beginning. */
export function titleOf({ blocking, others }: WaitingCounts, repository = ''): string {
  const numbers = [
    blocking > 0 && `${blocking} ${blocking === 1 ? 'waits' : 'wait'}`,
    others > 0 && `${others} to read`,
  ].filter(Boolean);
  return [numbers.join(', '), repository, 'Musher'].filter(Boolean).join(' · ');
}

/** The icon with a badge: amber with the number that waits, a small dot when there is only something to read. */
export function iconOf({ blocking, others }: WaitingCounts): string {
  const badge = blocking > 0 ? numberBadge(blocking) : others > 0 ? dot : '';
  return `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${mark}${badge}</svg>`)}`;
}

/** As build/icon.svg. */
const mark =
  '<linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#7472ea"/><stop offset="1" stop-color="#3f3bab"/></linearGradient><rect width="32" height="32" rx="7" fill="url(#sky)"/><g fill="none" stroke="#fff" stroke-width="2.8" stroke-linecap="round" stroke-linejoin="round"><path d="M7 26V8.5l9 12 9-12V26"/><path d="M16 20V6.5" stroke-opacity=".55"/></g><circle cx="16" cy="21" r="4" fill="#ffc65c" stroke="#4c48bb" stroke-width="1.6"/>';
const dot = '<circle cx="26" cy="6" r="6" fill="#9b9cff" stroke="#16171a" stroke-width="2"/>';

function numberBadge(count: number): string {
  const text = count > 9 ? '9+' : `${count}`;
  return `<circle cx="21" cy="11" r="11" fill="#e5a23c"/><text x="21" y="16.5" text-anchor="middle" font-family="sans-serif" font-weight="700" font-size="${text.length > 1 ? 12 : 16}" fill="#16171a">${text}</text>`;
}
