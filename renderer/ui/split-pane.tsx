import { type ReactNode, useRef } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import { BackBar, type Pages } from './pages.tsx';
import { isTiny, useMedia } from './use-media.ts';

interface SplitPaneProps {
  /** Unique in the app. */
  id: string;
  /** The side that keeps its width when the window changes. */
  fixed: 'start' | 'end';
  orientation?: 'horizontal' | 'vertical';
  /** Names the handle. Left out only between landmarks, where axe takes a name for stray content. */
  label?: string;
  sizePx: number;
  minPx: number;
  maxPx: number;
  start: ReactNode;
  end: ReactNode;
  /** They are two pages in a small window; else they stay beside each other. */
  pages?: Pages;
  /** What the start is called, for the way back to it. */
  backTo?: string;
  /** After the operator let go; store it where it should last. */
  onResized?: (sizePx: number) => void;
}

/** Heights of the pane that has a width elsewhere, where it stands above or below the other. */
const stacked = { sizePx: 180, minPx: 96, maxPx: 420 };

/** Two panes with a hairline between them that can be dragged, or moved with the arrow keys. */
export function SplitPane(props: SplitPaneProps) {
  const {
    id,
    label,
    fixed,
    orientation = 'horizontal',
    start,
    end,
    onResized,
    pages,
    backTo = 'Back',
  } = props;
  const isStacked = useMedia(isTiny) && orientation === 'horizontal';
  const { sizePx, minPx, maxPx } = isStacked ? stacked : props;
  const shownPx = useRef(sizePx);
  const sized = {
    defaultSize: sizePx,
    minSize: minPx,
    maxSize: maxPx,
    groupResizeBehavior: 'preserve-pixel-size' as const,
    onResize: (size: { inPixels: number }) => {
      shownPx.current = Math.round(size.inPixels);
    },
  };
  if (pages?.shown === 'list') return start;
  if (pages?.shown === 'detail')
    return (
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <BackBar to={backTo} onBack={pages.back} />
        {end}
      </div>
    );
  return (
    <Group
      key={isStacked ? 'stacked' : 'beside'}
      id={id}
      orientation={isStacked ? 'vertical' : orientation}
      // Not when the window or the page changed the size: what the operator chose would be lost.
      onLayoutChanged={(_, { isUserInteraction }) =>
        isUserInteraction && !isStacked && onResized?.(shownPx.current)
      }
      className="min-h-0 min-w-0 flex-1"
    >
      <Panel
        id={`${id}-start`}
        {...(fixed === 'start' && sized)}
        className="flex min-h-0 min-w-0 flex-col"
      >
        {start}
      </Panel>
      <Separator
        aria-label={label}
        className="bg-line outline-none transition-colors duration-100 focus-visible:bg-focus aria-[orientation=horizontal]:h-px aria-[orientation=vertical]:w-px data-[separator=active]:bg-accent data-[separator=hover]:bg-line-strong"
      />
      <Panel
        id={`${id}-end`}
        {...(fixed === 'end' && sized)}
        className="flex min-h-0 min-w-0 flex-col"
      >
        {end}
      </Panel>
    </Group>
  );
}
