import { Copy, RefreshCw } from 'lucide-react';
import type { DoctorCheck, DoctorReport } from '../../../preload/contract/doctor.ts';
import {
  redacted,
  reportText,
  sayStates,
  worstFirst,
} from '../../../preload/contract/say-doctor.ts';
import { useShortcuts } from '../../shell/use-shortcuts.ts';
import { Button } from '../../ui/button.tsx';
import { copyText } from '../../ui/copy-text.ts';
import { FailedLine } from '../../ui/failed-line.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { ViewHeader } from '../../ui/view-header.tsx';
import { CheckRow } from './check-row.tsx';
import { useDoctor } from './use-doctor.ts';

/** What Musher needs of this machine, the worst first, each with what to do. */
export function DoctorView() {
  const { report, error, isChecking, checkAgain } = useDoctor();
  const again = () => !isChecking && checkAgain();
  const copy = () =>
    report &&
    copyText(reportText(report), {
      done: 'Copied the report; your home folder is ~ in it, and tokens are left out.',
      failed: 'This page may not use the clipboard; `musher doctor` prints the same.',
    });
  useShortcuts([
    { keys: 'r', run: again },
    { keys: 'c', run: () => void copy() },
  ]);
  const actions = (
    <>
      <Button icon={Copy} shortcut="c" disabled={report === undefined} onClick={copy}>
        Copy as text
      </Button>
      <Button icon={RefreshCw} shortcut="r" busy={isChecking} onClick={again}>
        Check again
      </Button>
    </>
  );
  return (
    <>
      <ViewHeader title="Doctor" actions={actions}>
        {report && <Summary report={report} />}
      </ViewHeader>
      <div aria-busy={isChecking} className="min-h-0 flex-1 overflow-y-auto">
        {error && (
          <div className="border-b px-4 py-2">
            <FailedLine error={error} onRetry={checkAgain} />
            {report === undefined && (
              <p className="mt-1 text-sm text-muted">
                <code>musher doctor</code> in a terminal looks by itself, also where no Musher runs.
              </p>
            )}
          </div>
        )}
        {report && <Checks report={report} />}
        {report === undefined && error === undefined && <Loading />}
      </div>
    </>
  );
}

function Summary({ report: { checks, atMs } }: { report: DoctorReport }) {
  return (
    <span role="status" className="min-w-0 truncate">
      {sayStates(checks)}
      <span className="max-lg:hidden">
        , checked <RelativeTime atMs={atMs} withAgo />
      </span>
    </span>
  );
}

function Checks({ report }: { report: DoctorReport }) {
  const { home, version, platform, repository } = report;
  const shown = (text: string) => redacted(text, home);
  const sorted = worstFirst(report.checks);
  const wrong = sorted.filter(({ state }) => state !== 'ok');
  const fine = sorted.filter(({ state }) => state === 'ok');
  const rows = (checks: readonly DoctorCheck[]) =>
    checks.map((check) => <CheckRow key={check.id} check={check} shown={shown} />);
  return (
    <>
      {wrong.length > 0 && (
        <section>
          <Heading>To look at</Heading>
          <ul>{rows(wrong)}</ul>
        </section>
      )}
      <section>
        <Heading>{wrong.length > 0 ? 'As it should be' : 'All is as it should be'}</Heading>
        <ul>{rows(fine)}</ul>
      </section>
      <p className="px-4 py-3 text-sm text-faint wrap-anywhere">
        Musher {version} on {platform}, {shown(repository)}. Nothing was changed. Where the app does
        not start, <code>musher doctor</code> says the same in a terminal.
      </p>
    </>
  );
}

function Heading({ children }: { children: string }) {
  return (
    <h2 className="border-b bg-raised px-4 py-1.5 text-sm font-medium text-muted">{children}</h2>
  );
}

function Loading() {
  return (
    <div role="status" className="flex flex-col">
      <span className="sr-only">Checking this machine</span>
      {Array.from({ length: 12 }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same
        <div key={at} className="flex h-10 items-center gap-3 border-b px-4">
          <div className="size-4 rounded-full bg-hover" />
          <div className="h-4 w-24 rounded-sm bg-hover" />
          <div className="h-4 w-1/2 rounded-sm bg-hover" />
        </div>
      ))}
    </div>
  );
}
