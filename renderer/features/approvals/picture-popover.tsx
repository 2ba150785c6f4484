import { Image } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { approvals } from '../../../preload/contract/approvals.ts';
import type { Picture } from '../../../preload/contract/change-facts.ts';
import type { QueryResult } from '../../../preload/contract/define.ts';
import type { WireError } from '../../../preload/contract/errors.ts';
import { toWireErrorOf } from '../../hub/wire-error.ts';
import { toPlainLine } from '../../ui/plain-text.ts';
import { Popover } from '../../ui/popover.tsx';

export type Pictures = QueryResult<typeof approvals, 'approval.pictures'>;

export type LoadPictures = (
  approval: string,
  path: string,
  signal: AbortSignal,
) => Promise<Pictures>;

interface PicturePopoverProps {
  path: string;
  /** Called each time it is opened. */
  load: (signal: AbortSignal) => Promise<Pictures>;
}

/** What a changed picture looks like, before and after. */
export function PicturePopover({ path, load }: PicturePopoverProps) {
  return (
    <Popover
      label={`Picture ${toPlainLine(path)}`}
      className="max-h-(--radix-popover-content-available-height) overflow-auto"
      trigger={
        <button
          type="button"
          className="inline-flex h-6 shrink-0 items-center gap-1 rounded-sm px-1.5 text-sm text-muted hover:bg-hover hover:text-fg"
        >
          <Image size={14} aria-hidden /> Picture
          <span className="sr-only"> {toPlainLine(path)}</span>
        </button>
      }
    >
      <Loaded load={load} />
    </Popover>
  );
}

type State =
  | { readonly kind: 'loading' }
  | { readonly kind: 'loaded'; readonly pictures: Pictures }
  | { readonly kind: 'failed'; readonly error: WireError };

function Loaded({ load }: Pick<PicturePopoverProps, 'load'>) {
  const [state, setState] = useState<State>({ kind: 'loading' });
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each opening
  useEffect(() => {
    const abort = new AbortController();
    const become = (next: State) => abort.signal.aborted || setState(next);
    load(abort.signal).then(
      (pictures) => become({ kind: 'loaded', pictures }),
      (thrown) => become({ kind: 'failed', error: toWireErrorOf(thrown) }),
    );
    return () => abort.abort();
  }, []);
  if (state.kind === 'loading') return <Note text="Loading…" />;
  if (state.kind === 'failed') return <Note text={toPlainLine(state.error.message)} />;
  const { before, after } = state.pictures;
  if (!before && !after)
    return <Note text="It cannot be shown: it is no picture, or above 2 MiB or 50 megapixels." />;
  return (
    <div className="flex flex-wrap gap-3">
      {before && <Side name="Before" picture={before} />}
      {after && <Side name="After" picture={after} />}
    </div>
  );
}

function Note({ text }: { text: string }) {
  return (
    <p role="status" className="max-w-80 text-sm text-muted">
      {text}
    </p>
  );
}

function Side({ name, picture }: { name: string; picture: Picture }) {
  const { type, width, height, base64 } = picture;
  const size = `${width} × ${height}`;
  return (
    <figure>
      <figcaption className="flex justify-between gap-4 pb-1 text-sm text-muted">
        {name} <span className="font-mono text-faint">{size}</span>
      </figcaption>
      <img
        src={`data:${type};base64,${base64}`}
        alt={`${name}, ${size} pixels`}
        className="picture-ground max-h-[60vh] min-h-8 max-w-[min(420px,80vw)] rounded-sm border object-contain"
      />
    </figure>
  );
}
