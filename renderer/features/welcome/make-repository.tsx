import { useState } from 'react';
import type { FolderVerdict } from '../../../preload/contract/welcome.ts';
import { Button } from '../../ui/button.tsx';
import { Buttons, Line, Path, Refused } from './said-parts.tsx';
import type { Choice } from './use-choice.ts';

interface MakeRepositoryProps {
  choice: Choice;
  home: string;
  verdict: FolderVerdict;
}

/** After a yes alone, and nothing that lies in the folder is touched. */
export function MakeRepository({ verdict, choice, home }: MakeRepositoryProps) {
  const [isAsked, setIsAsked] = useState(false);
  const { path, kind, obstacle } = verdict;
  const isEmpty = kind === 'empty';
  const at = <Path path={path} home={home} />;
  return (
    <>
      <Line>
        {isEmpty ? (
          <>{at} is a git repository without a commit, and agents begin from one.</>
        ) : (
          <>{at} is in no git repository.</>
        )}
      </Line>
      {obstacle && <Refused error={obstacle} />}
      {obstacle === undefined && isAsked && (
        <p className="text-muted">
          This runs {isEmpty ? '' : <code>git init</code>}
          {isEmpty ? '' : ' there and makes '}
          {isEmpty ? <code>git commit</code> : 'an empty first commit'}
          {isEmpty ? ' for an empty first commit' : ''}. What lies in the folder stays as it is:
          commit it yourself, so that agents have it too.
        </p>
      )}
      {obstacle === undefined && (
        <Buttons>
          {isAsked ? (
            <>
              <Button look="primary" onClick={() => choice.make(path)}>
                {isEmpty ? 'Make the commit and open' : 'Make it one and open'}
              </Button>
              <Button look="quiet" onClick={() => setIsAsked(false)}>
                Cancel
              </Button>
            </>
          ) : (
            <Button onClick={() => setIsAsked(true)}>
              {isEmpty ? 'Make a first commit…' : 'Make it a git repository…'}
            </Button>
          )}
        </Buttons>
      )}
    </>
  );
}
