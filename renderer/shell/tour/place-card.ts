/** Where the card of the tour stands: beside what it is about, within the window, and over it only where there is no other room. Pure. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

type Size = Pick<Box, 'width' | 'height'>;
type Spot = Pick<Box, 'left' | 'top'>;

const gap = 12;

export function placeCard(anchor: Box | undefined, card: Size, window: Size): Spot {
  const corner = {
    left: Math.max(gap, window.width - card.width - 2 * gap),
    // Above the status bar.
    top: Math.max(gap, window.height - card.height - 4 * gap),
  };
  if (anchor === undefined) return corner;
  const right = anchor.left + anchor.width;
  const bottom = anchor.top + anchor.height;
  const along = { left: clamp(anchor.left, card.width, window.width) };
  const across = { top: clamp(anchor.top, card.height, window.height) };
  const spots: Spot[] = [
    { ...along, top: bottom + gap },
    { ...across, left: right + gap },
    { ...across, left: anchor.left - card.width - gap },
    { ...along, top: anchor.top - card.height - gap },
  ];
  return spots.find((spot) => fits(spot, card, window)) ?? corner;
}

function fits({ left, top }: Spot, card: Size, window: Size): boolean {
  const isWide = left >= gap && left + card.width <= window.width - gap;
  return isWide && top >= gap && top + card.height <= window.height - gap;
}

function clamp(start: number, size: number, whole: number): number {
  return Math.max(gap, Math.min(start, whole - size - gap));
}
