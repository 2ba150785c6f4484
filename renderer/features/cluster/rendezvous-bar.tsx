import type { RendezvousLink } from '../../../preload/contract/cluster-facts.ts';
import { rendezvousStates } from '../../../preload/contract/say-node.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { sayError } from '../../ui/say-error.ts';
import { type DotShape, type DotTone, StatusDot } from '../../ui/status-dot.tsx';
import { UntrustedLine } from '../../ui/untrusted-text.tsx';
import { RetryIn } from './retry-in.tsx';

const looks: Readonly<
  Record<RendezvousLink['state'], { shape: DotShape; tone: DotTone; back: string }>
> = {
  connecting: { shape: 'half', tone: 'blue', back: 'bg-raised' },
  connected: { shape: 'disc', tone: 'green', back: 'bg-raised' },
  offline: { shape: 'ring', tone: 'amber', back: 'bg-amber-soft' },
  refused: { shape: 'cross', tone: 'red', back: 'bg-red-soft' },
};

/** Where this Musher is a node itself: of whom, how it stands since when, and what it goes on with. */
export function RendezvousBar({ link }: { link: RendezvousLink }) {
  const { url, node, label, state, sinceMs, retryMs, error, stories } = link;
  const { back, ...dot } = looks[state];
  return (
    <section aria-label="Rendezvous" className={`shrink-0 border-b px-4 py-2 ${back}`}>
      <div className="flex min-w-0 flex-wrap items-baseline gap-x-3">
        <span className="flex min-w-0 items-baseline gap-1.5">
          <span className="shrink-0">This Musher is a node of</span>
          <UntrustedLine text={url} className="font-medium" />
          <span className="shrink-0">
            as {label} <code className="text-sm text-muted">{node}</code>
          </span>
        </span>
        <span className="flex items-baseline gap-1.5" role="status">
          <StatusDot {...dot} word={rendezvousStates[state]} showWord />
          <span className="text-muted">
            <span aria-hidden>for </span>
            <RelativeTime atMs={sinceMs} prefix="for" />
          </span>
        </span>
        {retryMs !== undefined && <RetryIn atMs={retryMs} />}
        <span className="text-muted">
          {stories} {stories === 1 ? 'story' : 'stories'} of the board known
        </span>
      </div>
      {error && <p className="text-selectable text-sm wrap-anywhere">{sayError(error)}</p>}
    </section>
  );
}
