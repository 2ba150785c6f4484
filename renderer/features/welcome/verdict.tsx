import { LoaderCircle } from 'lucide-react';
import type { ReactNode } from 'react';
import type { FolderVerdict } from '../../../preload/contract/welcome.ts';
import { Button } from '../../ui/button.tsx';
import { FailedLine } from '../../ui/failed-line.tsx';
import { toPlainLine } from '../../ui/plain-text.ts';
import { MakeRepository } from './make-repository.tsx';
import { Buttons, Line, nameOf, Path, Refused } from './said-parts.tsx';
import { shownPath } from './shown-path.ts';
import type { Choice } from './use-choice.ts';

interface VerdictProps {
  choice: Choice;
  home: string;
}

/** What the folder is, and what can be done with it. */
export function Verdict({ choice, home }: VerdictProps) {
  const { typed, verdict, checkError, checkAgain, busy, openError } = choice;
  if (busy !== undefined) return <Opening what={busy} {...{ choice, home }} />;
  if (checkError && verdict === undefined)
    return <FailedLine error={checkError} onRetry={checkAgain} />;
  if (typed.trim() === '')
    return (
      <p className="text-muted">
        Type the path of a folder. Any folder inside a repository will do.
      </p>
    );
  return (
    <div role="status" className="flex min-h-14 flex-col gap-2">
      {openError && <Refused error={openError} />}
      {verdict && <Found key={verdict.path} {...{ verdict, choice, home }} />}
    </div>
  );
}

function Opening({ what, choice, home }: VerdictProps & { what: string }) {
  return (
    <div role="status" className="flex min-h-14 items-start gap-3">
      <span className="flex min-w-0 flex-1 items-start gap-2">
        <LoaderCircle size={16} aria-hidden className="spin mt-0.5 shrink-0 text-muted" />
        <span className="min-w-0 wrap-anywhere">Opening {toPlainLine(shownPath(what, home))}…</span>
      </span>
      <Button look="quiet" onClick={choice.stopWaiting}>
        Stop waiting
      </Button>
    </div>
  );
}

type FoundProps = VerdictProps & { verdict: FolderVerdict };

function Found({ verdict, choice, home }: FoundProps) {
  const { path, kind, root = path, url, error } = verdict;
  const at = <Path path={path} home={home} />;
  const repository = <Path path={root} home={home} />;
  if (url !== undefined) return <Elsewhere url={url} repository={repository} />;
  switch (kind) {
    case 'repository':
    case 'inside':
      return (
        <>
          <Line isFine>
            {kind === 'inside' ? (
              <>
                {at} is inside the repository {repository}, which is what opens.
              </>
            ) : (
              <>{at} is a git repository.</>
            )}
          </Line>
          <Buttons>
            <Button look="primary" shortcut="Enter" onClick={() => choice.open(root)}>
              Open {nameOf(root)}
            </Button>
          </Buttons>
        </>
      );
    case 'plain':
    case 'empty':
      return <MakeRepository {...{ verdict, choice, home }} />;
    case 'missing':
      return (
        <>
          <Line>There is no folder {at}. Look for a slip in its name.</Line>
          {verdict.root !== undefined && (
            <Buttons>
              <Button onClick={() => choice.open(root)}>Open {nameOf(root)}, around it</Button>
            </Buttons>
          )}
        </>
      );
    case 'file':
      return <Line>{at} is a file. Name the folder that it lies in.</Line>;
    case 'refused':
      return error ? <Refused error={error} /> : <Line>{at} cannot be opened.</Line>;
  }
}

function Elsewhere({ url, repository }: { url: string; repository: ReactNode }) {
  return (
    <>
      <Line isFine>
        Another Musher has {repository} open, at {URL.parse(url)?.host ?? url}.
      </Line>
      <p className="text-muted">
        If the page there is signed out, the terminal that it was started in prints a link.
      </p>
      <Buttons>
        <a
          href={url}
          // The desktop app shows no page but its own: this one is for the browser.
          {...(window.musher && { target: '_blank', rel: 'noreferrer' })}
          className="inline-flex h-7 items-center rounded-md bg-accent px-2.5 font-medium text-accent-fg hover:brightness-110"
        >
          Go there
        </a>
      </Buttons>
    </>
  );
}
