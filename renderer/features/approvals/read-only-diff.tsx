import { useState } from 'react';
import type { ChangedFile } from '../../../preload/contract/change-facts.ts';
import { useTheme } from '../../shell/theme.ts';
import { toDiffFiles } from './diff/diff-document.ts';
import { toViewerFile } from './diff/diff-items.ts';
import { DiffPane } from './diff/diff-pane.tsx';
import { orderFiles } from './diff/file-tree.ts';
import { useDiffLook } from './use-review-choices.ts';

export interface ReadOnlyDiffProps {
  files: readonly ChangedFile[];
  patch: string;
  additions: number;
  deletions: number;
  /** The same diff has the same one: what was drawn of it is used again. */
  subject: string;
}

const none: ReadonlySet<string> = new Set();

/** A diff that nobody decides about. Mount it anew for another. */
export function ReadOnlyDiff({ files, patch, subject, ...counts }: ReadOnlyDiffProps) {
  const theme = useTheme((state) => state.shown);
  const [look, setLook] = useDiffLook();
  const [viewed, setViewed] = useState(none);
  const [read] = useState(() =>
    orderFiles(toDiffFiles(files, patch), none).map((file) => toViewerFile(file, subject)),
  );
  return (
    <DiffPane
      files={read}
      conflicts={none}
      {...counts}
      {...{ look, theme, viewed }}
      onLook={setLook}
      onViewed={(path, isViewed) => setViewed((old) => toggled(old, path, isViewed))}
      subject={subject}
      overview={null}
      renderPicture={() => null}
    />
  );
}

function toggled(old: ReadonlySet<string>, path: string, isIn: boolean): ReadonlySet<string> {
  const next = new Set(old);
  if (isIn) next.add(path);
  else next.delete(path);
  return next;
}
