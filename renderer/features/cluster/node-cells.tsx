import { type NodeStanding, nodeStandings } from '../../../preload/contract/node-standing.ts';
import { saySkew, sayStanding } from '../../../preload/contract/say-node.ts';
import { useConnection } from '../../hub/connection.ts';
import { amendPlace } from '../../shell/ui-state.ts';
import { type DotShape, type DotTone, StatusDot } from '../../ui/status-dot.tsx';
import { UntrustedLine } from '../../ui/untrusted-text.tsx';
import type { ShownNode } from './use-nodes.ts';

/** What it is called, and below it what the machine says of itself. */
export function NodeName({ node: { id, label, host, platform } }: Pick<ShownNode, 'node'>) {
  return (
    <th scope="row" className="px-3 py-2 text-left align-top font-normal">
      <span className="flex min-w-0 items-baseline gap-2">
        <button
          type="button"
          title={label}
          className="min-w-0 truncate rounded-sm font-medium hover:underline"
          onClick={() => amendPlace(`node/${id}`)}
        >
          {label}
        </button>
        <code className="shrink-0 text-sm text-faint">{id}</code>
      </span>
      <UntrustedLine text={`${host}, ${platform}`} className="block text-sm text-muted" />
    </th>
  );
}

const dots: Readonly<Record<NodeStanding, { shape: DotShape; tone: DotTone }>> = {
  connected: { shape: 'disc', tone: 'green' },
  draining: { shape: 'half', tone: 'amber' },
  stopped: { shape: 'square', tone: 'muted' },
  disconnected: { shape: 'ring', tone: 'amber' },
  lost: { shape: 'cross', tone: 'red' },
  unheard: { shape: 'dashed', tone: 'muted' },
  revoked: { shape: 'bars', tone: 'muted' },
};

export function Standing({ standing }: { standing: NodeStanding }) {
  return (
    <span title={sayStanding(standing)}>
      <StatusDot {...dots[standing]} word={nodeStandings[standing]} showWord />
    </span>
  );
}

export function Skew({ link }: Pick<ShownNode, 'link'>) {
  const words = saySkew(link);
  if (words === undefined) return null;
  return <span className="block text-sm whitespace-normal text-amber">{words}</span>;
}

/** Another one than this Musher's is told: the two may not understand each other. */
export function Version({ version }: { version: string }) {
  const own = useConnection().version;
  return (
    <>
      <UntrustedLine text={version} className="block" />
      {own !== undefined && own !== version && (
        <span className="block truncate text-sm text-amber">here {own}</span>
      )}
    </>
  );
}

export function Unknown({ words = 'not known' }: { words?: string }) {
  return (
    <span className="text-faint">
      <span aria-hidden>–</span>
      <span className="sr-only">{words}</span>
    </span>
  );
}
