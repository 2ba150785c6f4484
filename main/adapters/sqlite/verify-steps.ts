/** Proves the chain of a log, a step at a time. */
import type { Verification } from '../../hub/feature.ts';
import { chainHash, genesisHash, openStored } from '../../hub/seal.ts';
import { MusherError, reasonOf } from '../../base/result.ts';
import type { LogRows, Row } from './log-reader.ts';

type Sha256 = (text: string) => string;

const stepSize = 500;

/**
 * Walks the chain from the first event, `upTo` a head or to its end. A hole, a changed byte or an edited hash names its
 * place. Stops after each step (about 5 ms) to be asked on, and holds no transaction open over it: a long one would
 * keep SQLite from reusing its write-ahead log.
 */
export function* verifySteps(
  { rows: read }: Pick<LogRows, 'rows'>,
  sha256: Sha256,
  upTo = Infinity,
): Generator<undefined, Verification> {
  let hash = genesisHash;
  let seq = 0;
  for (let after = Number.MIN_SAFE_INTEGER; ; after = seq) {
    const page = tryRead(() => read({ after, limit: stepSize }));
    if ('reason' in page) return { ok: false, head: seq, hash, brokenAt: seq + 1, ...page };
    const { rows } = page;
    for (const row of rows) {
      if (row.seq > upTo) return { ok: true, head: seq, hash };
      const reason = linkFault(row, { seq, hash }, sha256);
      if (reason !== undefined) return { ok: false, head: seq, hash, brokenAt: row.seq, reason };
      ({ seq, hash } = row);
    }
    if (rows.length < stepSize) return { ok: true, head: seq, hash };
    yield;
  }
}

/** A segment that is gone or spoilt breaks the chain where it began; what is no error of the log is thrown. */
function tryRead<T>(read: () => T): T | { reason: string } {
  try {
    return read();
  } catch (error) {
    const isOfLog =
      error instanceof MusherError && /^(SEGMENT_MISSING|LOG_DAMAGED)$/.test(error.wire.code);
    if (!isOfLog) throw error;
    return { reason: error.wire.message };
  }
}

function linkFault(
  row: Row,
  previous: { seq: number; hash: string },
  sha256: Sha256,
): string | undefined {
  if (row.seq !== previous.seq + 1) return `event ${previous.seq + 1} is missing`;
  if (chainHash({ sha256 }, previous.hash, row.body) !== row.hash)
    return `event ${row.seq} or its hash was changed`;
  try {
    return openStored(row).seq === row.seq ? undefined : `event ${row.seq} says it is another`;
  } catch (error) {
    return `event ${row.seq} is unreadable: ${reasonOf(error)}`;
  }
}
