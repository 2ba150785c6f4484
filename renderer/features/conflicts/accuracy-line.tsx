import { useEffect, useRef } from 'react';
import { useConnection } from '../../hub/connection.ts';
import { useQuery } from '../../hub/use-command.ts';
import { useRecords } from '../../hub/use-records.ts';
import { classNames } from '../../ui/class-names.ts';
import { accuracyMeaning, sayAccuracy } from './accuracy-words.ts';

/** How often what is shown here was right. Nothing until it is known. */
export function AccuracyLine({ className }: { className?: string }) {
  const isLive = useConnection().state === 'live';
  const { result, reload } = useQuery('conflict.list', isLive ? { accuracy: true } : undefined);
  useNews(reload);
  if (result?.accuracy === undefined) return null;
  return (
    <p
      title={accuracyMeaning}
      className={classNames('shrink-0 border-t px-4 py-2 text-sm text-muted', className)}
    >
      {sayAccuracy(result.accuracy)}.
    </p>
  );
}

/** Asked again when a conflict ended or a merge did: those alone change the figures. */
function useNews(reload: () => void): void {
  const ended = useRecords('conflict').filter(({ endedMs }) => endedMs !== undefined).length;
  const merges = useRecords('approval').map(({ state }) => state);
  const news = `${ended} ${merges.join(' ')}`;
  const known = useRef(news);
  useEffect(() => {
    if (known.current === news) return;
    known.current = news;
    reload();
  }, [news, reload]);
}
