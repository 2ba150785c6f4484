import { useConnection } from '../hub/connection.ts';
import type { Decision, DecisionState } from '../hub/decisions.ts';
import { holdMs } from '../hub/decisions.ts';
import { useNow } from '../ui/clock.ts';
import { RelativeTime } from '../ui/relative-time.tsx';

const words: Readonly<Record<Exclude<DecisionState, 'held' | 'sent'>, string>> = {
  offline: 'will be sent when connected',
  sending: 'sending',
  undone: 'undone, waits again',
  refused: 'not taken, waits again',
};

/** How a decision stands, said after what it was. */
export function DecisionWord({ decision }: { decision: Decision }) {
  const isLive = useConnection().state === 'live';
  if (decision.state === 'held' && !isLive) return words.offline;
  if (decision.state === 'held') return <Countdown sendsMs={decision.sendsMs} />;
  if (decision.state !== 'sent') return words[decision.state];
  return (
    <>
      sent <RelativeTime atMs={decision.decidedMs} />
    </>
  );
}

function Countdown({ sendsMs }: { sendsMs: number }) {
  const now = useNow();
  const seconds = Math.min(holdMs / 1000, Math.max(1, Math.ceil((sendsMs - now) / 1000)));
  return <span aria-hidden>{`will be sent in ${seconds} s`}</span>;
}
