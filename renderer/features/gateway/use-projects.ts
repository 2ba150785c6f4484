/** The projects of a gateway as they are remembered and as they stand for now, and the tokens that wait to be used. */
import { useEffect, useMemo, useState } from 'react';
import type { ProjectLink, RegisteredProject } from '../../../preload/contract/gateway-facts.ts';
import type { QueryOutput } from '../../hub/bridge.ts';
import { useConnection } from '../../hub/connection.ts';
import { useQuery } from '../../hub/use-command.ts';
import { useHeadSeq, useLiveTable, useRecords } from '../../hub/use-records.ts';

export type Token = QueryOutput<'project.list'>['tokens'][number];

export interface ShownProject {
  readonly project: RegisteredProject;
  readonly link: ProjectLink | undefined;
}

/** By name, so that none moves when it is lost or waits for more. */
export function useProjects(): readonly ShownProject[] {
  const records = useRecords('project');
  const links = useLiveTable('projectLink');
  return useMemo(
    () =>
      records
        .toSorted((a, b) => a.name.localeCompare(b.name))
        .map((project) => ({ project, link: links?.get(project.id) })),
    [records, links],
  );
}

/** No records of them reach the page: they are asked for, and anew when the log has grown. */
export function useTokens() {
  const isLive = useConnection().state === 'live';
  const head = useHeadSeq();
  const { result, error, reload } = useQuery('project.list', isLive ? {} : undefined);
  const [asked, setAsked] = useState(head);
  useEffect(() => {
    if (asked === head) return;
    setAsked(head);
    reload();
  }, [asked, head, reload]);
  return { tokens: result?.tokens, error: result === undefined ? error : undefined, reload };
}
