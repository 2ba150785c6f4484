import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { closeClusterDialog } from './cluster-ui.ts';
import { JoinForm, joinFormId } from './join-form.tsx';
import { JoinLines } from './join-lines.tsx';
import type { JoinProgress } from './join-progress.ts';
import { useJoin } from './use-join.ts';

/** Makes a join token and shows it once, with what to type on the other machine, until that machine has joined. */
export function JoinDialog() {
  const [round, setRound] = useState(0);
  return <OneJoin key={round} onAgain={() => setRound(round + 1)} />;
}

function OneJoin({ onAgain }: { onAgain: () => void }) {
  const { made, progress, nodesAt, isBusy, fault, make } = useJoin();
  const [isAsked, setAsked] = useState(false);
  if (made === undefined)
    return (
      <Dialog
        open
        onOpenChange={closeClusterDialog}
        title="Let a machine join"
        description="It gets a copy of this board, and tells how it stands."
        footer={
          <>
            <Button onClick={closeClusterDialog}>Cancel</Button>
            <Button look="primary" type="submit" form={joinFormId} busy={isBusy}>
              Make a token
            </Button>
          </>
        }
      >
        <JoinForm fault={fault} onSubmit={make} />
      </Dialog>
    );
  // What is lost by closing is lost for good, so it is asked once; where nothing is, it closes.
  const isWaiting = progress.is === 'waiting';
  const isLeaving = isWaiting && isAsked;
  const leave = () => (isWaiting ? setAsked(true) : closeClusterDialog());
  return (
    <Dialog
      open
      width="wide"
      onOpenChange={() => (isLeaving ? setAsked(false) : leave())}
      title={made.label === undefined ? 'Let a machine join' : `Let ${made.label} join`}
      footer={
        isLeaving ? (
          <Leaving onStay={() => setAsked(false)} />
        ) : (
          <Ways progress={progress} onLeave={leave} onAgain={onAgain} />
        )
      }
    >
      <JoinLines {...{ made, progress, nodesAt }} />
    </Dialog>
  );
}

interface WaysProps {
  progress: JoinProgress;
  onLeave: () => void;
  onAgain: () => void;
}

function Ways({ progress: { is }, onLeave, onAgain }: WaysProps) {
  if (is === 'waiting') return <Button onClick={onLeave}>Close</Button>;
  if (is === 'joined')
    return (
      <Button look="primary" onClick={onLeave}>
        Done
      </Button>
    );
  return (
    <>
      <Button onClick={onLeave}>Close</Button>
      <Button look="primary" onClick={onAgain}>
        Make another
      </Button>
    </>
  );
}

function Leaving({ onStay }: { onStay: () => void }) {
  return (
    <>
      <p role="alert" className="mr-auto min-w-0 self-center text-amber">
        The token is shown no more once this is closed. It still works until it expires.
      </p>
      <Button autoFocus onClick={onStay}>
        Keep it open
      </Button>
      <Button look="danger" onClick={closeClusterDialog}>
        Close
      </Button>
    </>
  );
}
