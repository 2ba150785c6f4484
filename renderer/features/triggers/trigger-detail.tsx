import type { ReactNode } from 'react';
import type { TriggerRecord } from '../../../preload/contract/trigger-facts.ts';
import { useQuery, useSend } from '../../hub/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { FailedLine } from '../../ui/failed-line.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { UntrustedLine, UntrustedText } from '../../ui/untrusted-text.tsx';
import { whenOf } from './present-trigger.ts';
import { useReload } from './use-dry-run.ts';
import { sayDuration } from './trigger-form.ts';
import { openTriggersDialog } from './triggers-ui.ts';

/** All that it says, what stands in its way, and what it did. */
export function TriggerDetail({ trigger }: { trigger: TriggerRecord }) {
  const { id, pause, notes = [], last, does, once, cooldownMs, perMinute, fired } = trigger;
  const rules = [
    once ? 'once' : 'again and again',
    cooldownMs > 0 ? `cools down for ${sayDuration(cooldownMs)}` : '',
    `at most ${perMinute} a minute`,
  ];
  return (
    <div className="flex flex-col gap-3 border-t bg-raised px-4 py-3 pl-10">
      {pause && pause.reason !== 'operator' && <Paused trigger={trigger} />}
      {notes.map((note) => (
        <p key={note.kind} className="max-w-200 text-amber">
          <UntrustedText text={note.text} />
        </p>
      ))}
      <dl className="grid max-w-200 grid-cols-[auto_1fr] gap-x-4 gap-y-1">
        <Fact name="Id">
          <code>{id}</code>
        </Fact>
        <Fact name="When">
          <UntrustedText text={whenOf(trigger)} className="font-mono text-sm" />
        </Fact>
        <Fact name="Does">
          <UntrustedText text={does} />
        </Fact>
        <Fact name="How often">{rules.filter((rule) => rule !== '').join(', ')}</Fact>
        <Fact name="Fired">
          {fired === 0 ? (
            'not yet'
          ) : (
            <>
              {fired === 1 ? 'once' : `${fired} times`}
              {last && (
                <>
                  , the last time <RelativeTime atMs={last.atMs} withAgo /> on event {last.seq} (
                  <code>{last.type}</code>)
                </>
              )}
            </>
          )}
        </Fact>
        {last?.outcome === 'failed' && pause?.reason !== 'failures' && (
          <Fact name="Failed">
            <UntrustedText text={last.detail ?? 'without a reason'} className="text-red" />
          </Fact>
        )}
      </dl>
      <History trigger={trigger} />
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}

/** By the hub: says why, and offers the two ways on. */
function Paused({ trigger: { id, pause } }: { trigger: TriggerRecord }) {
  const send = useSend();
  return (
    <div role="status" className="flex max-w-200 flex-col gap-2 rounded-md bg-amber-soft px-3 py-2">
      <UntrustedText text={pause?.detail ?? ''} />
      <div className="flex gap-2">
        <Button onClick={() => void send('trigger.resume', { trigger: id })}>Resume</Button>
        <Button look="quiet" onClick={() => openTriggersDialog({ kind: 'edit', id })}>
          Edit…
        </Button>
      </div>
    </div>
  );
}

const shownPassages = 8;

/** Asked for when it is unfolded, and again whenever it did something. */
function History({ trigger }: { trigger: TriggerRecord }) {
  const { id, fired, last, state } = trigger;
  // Another question whenever it did something: then there is more to see.
  const limit = shownPassages;
  const { result, error, reload } = useQuery('trigger.get', { trigger: id, limit });
  const key = `${fired}/${last?.outcome}/${state}`;
  useReload(key, reload);
  if (error) return <FailedLine error={error} onRetry={reload} />;
  const passages = (result?.history ?? []).toReversed();
  return (
    <div>
      <h2 className="text-sm font-medium text-muted">History</h2>
      <ul className="mt-1 text-sm" aria-busy={result === undefined}>
        {passages.map(({ seq, atMs, text }) => (
          <li key={seq} className="flex h-6 min-w-0 items-center gap-3">
            <RelativeTime atMs={atMs} withAgo className="w-16 text-faint tabular-nums" />
            <UntrustedLine text={text} />
          </li>
        ))}
      </ul>
      {result?.hasMore && (
        <p className="mt-1 text-sm text-faint">
          The rest is in <code>musher trigger show {id} --limit 200</code>
        </p>
      )}
    </div>
  );
}
