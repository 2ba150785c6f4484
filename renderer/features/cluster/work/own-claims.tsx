/** Of a Musher that is a node itself: what it has claimed there, as what it goes here, and what comes next. */
import type { ClaimRecord } from '../../../../preload/contract/claim-facts.ts';
import type { RendezvousLink } from '../../../../preload/contract/cluster-facts.ts';
import { claimWords, sayClaim } from '../../../../preload/contract/say-node-work.ts';
import { useRecords } from '../../../hub/use-records.ts';
import { navigate } from '../../../shell/ui-state.ts';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { type DotShape, type DotTone, StatusDot } from '../../../ui/status-dot.tsx';
import { UntrustedLine } from '../../../ui/untrusted-text.tsx';

const dots: Readonly<Record<ClaimRecord['state'], { shape: DotShape; tone: DotTone }>> = {
  asked: { shape: 'dashed', tone: 'muted' },
  begun: { shape: 'half', tone: 'blue' },
  verified: { shape: 'check', tone: 'green' },
  releasing: { shape: 'square', tone: 'amber' },
};

function sayNone({ state, peers = {} }: RendezvousLink): string {
  if (state === 'connected')
    return 'None. It asks for what is offered as soon as it has an agent free.';
  return Object.values(peers).some((peer) => peer.state === 'linked')
    ? 'None. While no node can reach the rendezvous, those that see each other go on with what was offered last.'
    : 'None. It asks for none before it is connected.';
}

export function OwnClaims({ link }: { link: RendezvousLink }) {
  const claims = useRecords('claim');
  return (
    <section aria-labelledby="own-claims" className="px-4 pt-3 pb-4">
      <h2 id="own-claims" className="pb-1 font-medium">
        Stories that this Musher has claimed there
      </h2>
      {claims.length === 0 ? (
        <p className="text-muted">{sayNone(link)}</p>
      ) : (
        <ul className="border-b">
          {claims.map((claim) => (
            <Claim key={claim.id} claim={claim} isConnected={link.state === 'connected'} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Claim({ claim, isConnected }: { claim: ClaimRecord; isConnected: boolean }) {
  const { id, title, state, local, sinceMs, claim: count } = claim;
  return (
    <li data-claim={state} className="border-t py-1.5">
      <div className="flex min-w-0 items-center gap-3">
        <code className="w-12 shrink-0 text-muted" title={`Its id there; claim ${count}`}>
          {id}
        </code>
        <UntrustedLine text={title} className="flex-1" />
        {local !== undefined && (
          <button
            type="button"
            className="shrink-0 rounded-sm hover:underline"
            onClick={() => navigate('stories', local)}
          >
            here <code>{local}</code>
          </button>
        )}
        <StatusDot {...dots[state]} word={claimWords[state]} showWord className="w-36" />
        <span className="w-8 shrink-0 text-right text-sm text-faint">
          <RelativeTime atMs={sinceMs} prefix="for" />
        </span>
      </div>
      <UntrustedLine
        text={sayClaim(claim, isConnected)}
        className={`block pl-15 text-sm ${state === 'releasing' ? 'text-amber' : 'text-muted'}`}
      />
    </li>
  );
}
