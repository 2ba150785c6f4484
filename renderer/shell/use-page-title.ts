import { useEffect } from 'react';
import { useRecords } from '../hub/use-records.ts';
import { useRepository } from '../hub/use-repository.ts';
import { countsOf, iconOf, titleOf } from './page-title.ts';

/** Keeps the tab's title and icon true, from the same records as the inbox. */
export function usePageTitle(): void {
  const { blocking, others } = countsOf(useRecords('waiting'));
  const name = useRepository()?.name;
  useEffect(() => {
    const counts = { blocking, others };
    document.title = titleOf(counts, name);
    document.querySelector('link[rel="icon"]')?.setAttribute('href', iconOf(counts));
  }, [blocking, others, name]);
}
