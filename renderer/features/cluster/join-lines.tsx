import { CircleCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { joinCommands } from '../../../preload/contract/say-join.ts';
import { CopyLine } from '../../ui/copy-line.tsx';
import { ExpiresIn } from '../../ui/expires-in.tsx';
import type { JoinProgress } from './join-progress.ts';
import { portOf } from '../../hub/one-time-token.ts';
import type { Made } from './use-join.ts';

interface JoinLinesProps {
  made: Made;
  progress: JoinProgress;
  /** Where this Musher lets nodes in by the network, if it does. */
  nodesAt: string | undefined;
}

/** What to type on the other machine, and whether it has joined meanwhile. */
export function JoinLines({ made, progress, nodesAt }: JoinLinesProps) {
  const { tunnel, join, joinHere, joinByNetwork } = joinCommands(made.token, {
    port: portOf(location),
    nodesAt,
  });
  return (
    <div className="flex flex-col gap-4">
      <Progress made={made} progress={progress} />
      {progress.is === 'waiting' && (
        <>
          {joinByNetwork !== undefined && (
            <Step title="By the network: in a clone of this repository there" text={joinByNetwork}>
              A certificate that is not known there is named to it by{' '}
              <code className="text-sm">NODE_EXTRA_CA_CERTS=cert.pem</code>.
            </Step>
          )}
          <Step
            title={
              joinByNetwork === undefined
                ? 'On the other machine, open the way to this one'
                : 'Or by a tunnel: on the other machine, open the way to this one'
            }
            text={tunnel}
          >
            Write your name and this machine’s address in place of{' '}
            <code className="text-sm">you@this-machine</code>, and leave it running. On this machine
            itself it is not needed.
          </Step>
          <Step title="There, in a clone of this repository" text={join}>
            {joinHere !== undefined && (
              <>
                On this machine itself, without the tunnel:{' '}
                <code className="text-sm">{joinHere.replace(/ --join .*/, ' --join …')}</code>
              </>
            )}
          </Step>
        </>
      )}
    </div>
  );
}

interface StepProps {
  title: string;
  text: string;
  children?: ReactNode;
}

function Step({ title, text, children }: StepProps) {
  return (
    <section className="flex flex-col gap-1">
      <h3 className="font-medium">{title}</h3>
      <CopyLine text={text} label="Copy" />
      {children && <p className="text-sm text-muted">{children}</p>}
    </section>
  );
}

function Progress({ made, progress }: Omit<JoinLinesProps, 'nodesAt'>) {
  if (progress.is === 'joined')
    return (
      <p role="status" className="flex items-center gap-2 py-2 text-green">
        <CircleCheck size={16} strokeWidth={1.75} aria-hidden className="shrink-0" />
        <span>
          Joined as <span className="font-medium">{progress.node.label}</span>{' '}
          <code className="text-sm">{progress.node.id}</code>
          <span className="text-muted">: the token is used up, it has a key of its own now.</span>
        </span>
      </p>
    );
  if (progress.is === 'expired' || progress.is === 'gone')
    return (
      <p role="status" className="py-2 text-amber">
        {progress.is === 'expired'
          ? 'The token has expired, and nobody joined by it.'
          : 'The token was taken back, and nobody joined by it.'}
      </p>
    );
  return (
    <p role="status" className="text-muted">
      Waiting for the machine. The token is shown this once, works once, and{' '}
      <ExpiresIn atMs={made.expiresMs} className="text-fg" />.
    </p>
  );
}
