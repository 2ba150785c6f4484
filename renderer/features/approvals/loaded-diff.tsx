import { type RefObject, useCallback, useEffect, useMemo, useState } from 'react';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import { useHub } from '../../hub/hub-context.tsx';
import { useCommand, useQuery } from '../../hub/use-command.ts';
import { ApprovalOverview } from './approval-overview.tsx';
import type { ApprovalDiff } from './approve-gate.ts';
import { toDiffFiles } from './diff/diff-document.ts';
import { toViewerFile, type ViewerFile } from './diff/diff-items.ts';
import { DiffPane, type DiffPaneHandle, type DiffPaneProps } from './diff/diff-pane.tsx';
import type { FileOpener } from './diff/file-header.tsx';
import { orderFiles } from './diff/file-tree.ts';
import type { LoadFile } from './diff/use-wider-files.ts';
import { type LoadPictures, PicturePopover } from './picture-popover.tsx';
import { SinceBar } from './since-bar.tsx';
import { useDiffReview } from './use-diff-review.tsx';
import type { Since, SinceState } from './use-since.ts';

export interface LoadedDiffProps
  extends Pick<DiffPaneProps, 'look' | 'theme' | 'viewed' | 'onLook' | 'onViewed'> {
  approval: ApprovalRecord;
  diff: ApprovalDiff;
  since: SinceState;
  pane: RefObject<DiffPaneHandle | null>;
  /** Path of the one to show first; another one is gone to. */
  file: string | undefined;
  loadPictures: LoadPictures;
  /** Shows one of its commits alone. */
  onAlone: (commit: string) => void;
}

/** Opens on what is new since the operator reviewed it, where that is something. */
export function LoadedDiff(props: LoadedDiffProps) {
  const { since } = props.since;
  const hasChanges = since !== undefined && since.paths.length > 0;
  const [wantsSince, setWantsSince] = useState(true);
  const isSince = hasChanges && wantsSince;
  return (
    <>
      <SinceBar state={props.since} isSince={isSince} onSince={setWantsSince} />
      <ShownDiff key={isSince ? 'since' : 'whole'} {...props} part={isSince ? since : undefined} />
    </>
  );
}

interface ShownDiffProps extends LoadedDiffProps {
  /** Undefined: the whole. */
  part: Since | undefined;
}

function ShownDiff({ diff, part, pane, ...props }: ShownDiffProps) {
  const { approval, file, look, theme, viewed, onLook, onViewed, loadPictures } = props;
  useEffect(() => {
    if (file !== undefined) pane.current?.openFile(file);
  }, [pane, file]);
  const conflicts = useMemo(() => new Set(approval.conflicts), [approval.conflicts]);
  const subject = part === undefined ? diff.pin.diffHash : `${diff.pin.diffHash} ${part.commit}`;
  const files = useViewerFiles({ diff, part, conflicts, subject });
  const review = useDiffReview({ approval, files, canCommentOld: part === undefined });
  const renderPicture = useCallback(
    ({ path }: { path: string }) => (
      <PicturePopover path={path} load={(signal) => loadPictures(approval.id, path, signal)} />
    ),
    [approval.id, loadPictures],
  );
  return (
    <DiffPane
      ref={pane}
      {...{ files, conflicts, look, theme, viewed, onLook, onViewed, review, subject }}
      additions={(part ?? approval).additions}
      deletions={(part ?? approval).deletions}
      renderPicture={part === undefined ? renderPicture : renderNothing}
      loadFile={useLoadFile(approval.id, part !== undefined)}
      editor={useEditor(approval.agent)}
      overview={<ApprovalOverview {...{ approval, diff }} onAlone={props.onAlone} />}
    />
  );
}

/** A picture's two sides are those of the whole diff. */
const renderNothing = () => null;

function useLoadFile(approval: string, since: boolean): LoadFile {
  const { bridge } = useHub();
  return useCallback<LoadFile>(
    ({ path, oldPath }, lines) =>
      bridge.query('review.file', { approval, path, oldPath, lines, since }),
    [bridge, approval, since],
  );
}

/** Of the agent's worktree, which may have moved on. */
function useEditor(agent: string): FileOpener {
  const run = useCommand();
  const { result } = useQuery('editor.get', {});
  const reason = result === undefined ? 'Not known yet which editor.' : result.reason;
  return useMemo(
    () => ({
      reason,
      // Without an editor the hub says how to set one.
      open: (path, line) => void run('editor.open', { agent, path, line }),
    }),
    [run, agent, reason],
  );
}

interface FilesOptions {
  readonly diff: ApprovalDiff;
  readonly part: Since | undefined;
  readonly conflicts: ReadonlySet<string>;
  readonly subject: string;
}

/** Read once: another diff mounts this anew. */
function useViewerFiles({ diff, part, conflicts, subject }: FilesOptions): readonly ViewerFile[] {
  const [read] = useState(() => {
    const { files, patch } = part ?? diff;
    const all = toDiffFiles(files, patch, new Set(diff.generated));
    return orderFiles(all, conflicts).map((file) => toViewerFile(file, subject));
  });
  return read;
}
