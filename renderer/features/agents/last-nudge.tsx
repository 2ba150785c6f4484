import type { Nudge } from '../../../preload/contract/agent-nudges.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { UntrustedText } from '../../ui/untrusted-text.tsx';
import { toPlainLine } from '../../ui/plain-text.ts';
import { capitalized } from './present-agent.ts';
import { nudgeWords, senderWords } from './present-nudge.ts';

/** What became of the last word that was typed to it, who sent it, and the word. A failed one is not to be overlooked. */
export function LastNudge({ nudge }: { nudge: Nudge }) {
  return (
    <>
      <span className={nudge.state === 'failed' ? 'text-amber' : ''}>
        {toPlainLine(capitalized(nudgeWords(nudge)))}
      </span>
      <span className="block text-sm text-muted">
        {senderWords[nudge.by]}, <RelativeTime atMs={nudge.atMs} withAgo />
      </span>
      <UntrustedText
        text={nudge.text}
        className="mt-1 max-h-20 overflow-y-auto border-l-2 border-line-strong pl-2 text-sm text-muted"
      />
    </>
  );
}
