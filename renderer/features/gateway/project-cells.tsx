import { ExternalLink } from 'lucide-react';
import type { ProjectLink, ProjectStatus } from '../../../preload/contract/gateway-facts.ts';
import {
  type ProjectStanding,
  projectStandings,
  sayWaiting,
} from '../../../preload/contract/say-gateway.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { type DotShape, type DotTone, StatusDot } from '../../ui/status-dot.tsx';
import { UntrustedLine } from '../../ui/untrusted-text.tsx';
import { choose } from './gateway-ui.ts';
import type { ShownProject } from './use-projects.ts';

/** Its name leads to its own page, where the gateway found that; below it, where it lies. */
export function ProjectName({ shown: { project, link } }: { shown: ShownProject }) {
  const { id, name, repository } = project;
  return (
    <th scope="row" className="px-3 py-2 text-left align-top font-normal">
      <span className="flex min-w-0 items-baseline gap-2">
        {link?.page === undefined ? (
          <button
            type="button"
            title={link?.pageProblem ?? 'Its page is not known yet'}
            className="min-w-0 truncate rounded-sm font-medium"
            onClick={() => choose(id)}
          >
            {name}
          </button>
        ) : (
          <a
            href={link.page}
            title={`Open its page, ${link.page}`}
            className="flex min-w-0 items-baseline gap-1 rounded-sm font-medium hover:underline"
          >
            <span className="min-w-0 truncate">{name}</span>
            <ExternalLink
              size={12}
              strokeWidth={1.75}
              aria-hidden
              className="shrink-0 self-center text-faint"
            />
          </a>
        )}
        <code className="shrink-0 text-sm text-faint">{id}</code>
      </span>
      <UntrustedLine text={repository} className="block text-sm text-muted" />
    </th>
  );
}

const dots: Readonly<Record<ProjectStanding, { shape: DotShape; tone: DotTone }>> = {
  connected: { shape: 'disc', tone: 'green' },
  away: { shape: 'ring', tone: 'amber' },
  lost: { shape: 'cross', tone: 'red' },
  unheard: { shape: 'dashed', tone: 'muted' },
};

interface StandingProps {
  standing: ProjectStanding;
  link: ProjectLink | undefined;
}

/** Below the word, when it was heard; and why its last link was ended, where it was. */
export function Standing({ standing, link }: StandingProps) {
  const { seenMs = 0, refused, isConnected = false } = link ?? {};
  return (
    <>
      <StatusDot {...dots[standing]} word={projectStandings[standing]} showWord />
      {seenMs > 0 && (
        <span className="block text-sm text-muted">
          heard <RelativeTime atMs={seenMs} prefix="last heard" withAgo />
        </span>
      )}
      {refused !== undefined && !isConnected && (
        <UntrustedLine text={refused} className="block text-sm text-red" />
      )}
    </>
  );
}

/** The one loud thing on the page: how much, of what kind, and since when. */
export function WaitsForYou({ status, isOld }: { status: ProjectStatus; isOld: boolean }) {
  const { total, blocking, oldestMs } = status.waiting;
  if (total === 0) return <span className="text-faint">nothing</span>;
  const isLoud = blocking > 0 && !isOld;
  return (
    <>
      <span className="flex items-baseline gap-2">
        <span
          className={
            isLoud
              ? 'min-w-5 shrink-0 rounded-full bg-loud px-1.5 text-center text-sm font-medium text-loud-fg'
              : 'min-w-5 shrink-0 rounded-full bg-selected px-1.5 text-center text-sm font-medium'
          }
        >
          {total}
        </span>
        <span className={`min-w-0 ${isOld ? 'text-faint' : ''}`}>{sayWaiting(status)}</span>
      </span>
      <span className={`block text-sm ${isLoud ? 'text-amber' : 'text-muted'}`}>
        {blocking > 0 && `${blocking} ${blocking === 1 ? 'stops' : 'stop'} an agent`}
        {blocking > 0 && oldestMs !== undefined && ', '}
        {oldestMs !== undefined && (
          <>
            oldest <RelativeTime atMs={oldestMs} prefix="waits" />
          </>
        )}
      </span>
    </>
  );
}

export function Unknown() {
  return (
    <span className="text-faint">
      <span aria-hidden>–</span>
      <span className="sr-only">not known</span>
    </span>
  );
}
