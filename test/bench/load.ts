// Requests from a process of their own would need a third core; autocannon in this one is the same for both sides.
import autocannon from 'autocannon';

export interface Target {
  readonly url: string;
  readonly token: string;
}

export interface Load {
  readonly perSecond: number;
  readonly p99Ms: number;
}

const message = { to: 'reader', body: 'the schema is in db/schema.sql, tests are green again' };

export interface Amount {
  readonly connections: number;
  readonly seconds: number;
}

/** `message.send` from so many connections for so long. Throws when any answer was no 200. */
export async function publish(
  { url, token }: Target,
  { connections, seconds }: Amount,
): Promise<Load> {
  const result = await autocannon({
    url: `${url}/v1/message.send`,
    connections,
    duration: seconds,
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(message),
  });
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${result.non2xx} answers were no 200, ${result.errors} requests failed`);
  }
  return { perSecond: result.requests.average, p99Ms: result.latency.p99 };
}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** What so large a share is not above. */
export function at(sorted: readonly number[], share: number): number {
  return sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
}
