/** How the operator looks at the Inbox of each repository: filters and grouping, kept by this browser. */
import { useCallback } from 'react';
import { create } from 'zustand';
import { readStored, type StoredValue, writeStored } from '../../hub/storage.ts';
import { useProjects } from '../../hub/use-projects.ts';
import { defaultLook, type InboxLook } from './inbox-look.ts';

type StoredLooks = StoredValue<'inboxLooks'>;

const mostProjects = 12;

const useLooks = create<{ readonly stored: StoredLooks }>(() => ({
  stored: readStored('inboxLooks', []),
}));

export type ChangeLook = (change: Partial<InboxLook>) => void;

/** Of the repository that is shown; it is so again after a reload. */
export function useInboxLook(): readonly [InboxLook, ChangeLook] {
  const project = useProjects().shown?.id ?? '';
  const look = useLooks(({ stored }) => lookIn(stored, project));
  const change = useCallback<ChangeLook>(
    (changed) => {
      const stored = withLook(useLooks.getState().stored, project, changed);
      useLooks.setState({ stored });
      writeStored('inboxLooks', stored);
    },
    [project],
  );
  return [look, change];
}

function lookIn(stored: StoredLooks, project: string): InboxLook {
  return stored.find((one) => one.project === project) ?? defaultLook;
}

/** With this one changed and first; the repositories not seen for longest go. */
function withLook(stored: StoredLooks, project: string, change: Partial<InboxLook>): StoredLooks {
  const { group, sort, agent, blocks } = { ...lookIn(stored, project), ...change };
  const others = stored.filter((one) => one.project !== project);
  return [{ project, group, sort, agent, blocks }, ...others].slice(0, mostProjects);
}
