import { useEffect } from 'react';
import { iconOf, titleOf } from '../../shell/page-title.ts';
import type { ShownProject } from './use-projects.ts';

/** The tab says what waits in all projects, as that of each project does. */
export function useGatewayTitle(shown: readonly ShownProject[]): void {
  const waits = shown.flatMap(({ link }) => link?.status?.waiting ?? []);
  const blocking = waits.reduce((sum, one) => sum + one.blocking, 0);
  const others = waits.reduce((sum, one) => sum + one.total, 0) - blocking;
  useEffect(() => {
    const counts = { blocking, others };
    document.title = titleOf(counts, 'Projects');
    document.querySelector('link[rel="icon"]')?.setAttribute('href', iconOf(counts));
  }, [blocking, others]);
}
