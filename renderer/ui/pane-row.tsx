import { Fragment, type ReactNode } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';

interface PaneRowProps {
  /** Unique in the app. */
  id: string;
  /** Names the handles. */
  label: string;
  /** Each at least as wide, as long as the window is. */
  minPx: number;
  panes: ReadonlyArray<{ readonly id: string; readonly content: ReactNode }>;
  /** Percent, in order; all the same where there are not as many as panes. */
  shares: readonly number[];
  /** After the operator let go. */
  onResized: (shares: number[]) => void;
}

/** Panes side by side, with hairlines between them that can be dragged, or moved with the arrow keys. */
export function PaneRow({ id, label, minPx, panes, shares, onResized }: PaneRowProps) {
  const areKnown = shares.length === panes.length;
  return (
    <Group
      id={id}
      orientation="horizontal"
      onLayoutChanged={(layout, { isUserInteraction }) =>
        isUserInteraction && onResized(panes.map((pane) => layout[`${id}-${pane.id}`] ?? 1))
      }
      className="min-h-0 min-w-0 flex-1"
    >
      {panes.map((pane, at) => (
        <Fragment key={pane.id}>
          {at > 0 && (
            <Separator
              aria-label={label}
              className="w-px bg-line outline-none transition-colors duration-100 focus-visible:bg-focus data-[separator=active]:bg-accent data-[separator=hover]:bg-line-strong"
            />
          )}
          <Panel
            id={`${id}-${pane.id}`}
            minSize={minPx}
            defaultSize={`${areKnown ? shares[at] : 100 / panes.length}%`}
            className="flex min-h-0 min-w-0 flex-col"
          >
            {pane.content}
          </Panel>
        </Fragment>
      ))}
    </Group>
  );
}
