import { useEffect } from 'react';
import { useRecords } from '../hub/use-records.ts';
import { useRepository } from '../hub/use-repository.ts';
import { countsOf, iconOf, titleOf } from './page-title.ts';
import { useUnderWay } from './use-decisions.ts';

/** Keeps the tab's title and icon true, from the same records as the inbox: what was decided here no longer waits. */
export function usePageTitle(): void {
  const waiting = useRecords('waiting');
  const underWay = useUnderWay();
  const { blocking, others } = countsOf(waiting.filter(({ id }) => !underWay.has(id)));
  const name = useRepository()?.name;
  useEffect(() => {
    const counts = { blocking, others };
    document.title = titleOf(counts, name);
    document.querySelector('link[rel="icon"]')?.setAttribute('href', iconOf(counts));
  }, [blocking, others, name]);
}
