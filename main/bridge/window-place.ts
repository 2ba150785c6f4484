/** Where a window is when it opens: where it was, if that place is still on a screen. Pure; all in points of the screen, not in pixels. */
import type { Rectangle } from 'electron';

export interface WindowPlace {
  readonly bounds: Rectangle;
  readonly isMaximized: boolean;
}

/** Of a window that never was anywhere. */
const usual = { width: 1440, height: 900 };
export const smallest = { width: 880, height: 560 };
/** So much of a window's upper edge has to be seen for it to be taken hold of. */
const grip = { width: 120, height: 40 };

/**
 * `areas`: what each screen has room for, the main one first. A window whose screen is gone comes to the main one; one
 * that is larger than its screen now is made to fit.
 */
export function placeOf(saved: WindowPlace | undefined, areas: readonly Rectangle[]): WindowPlace {
  const [main = { x: 0, y: 0, ...usual }] = areas;
  const home = areas.find((area) => saved !== undefined && isHeld(saved.bounds, area));
  if (saved === undefined || home === undefined)
    return { bounds: centred(main), isMaximized: saved?.isMaximized ?? false };
  const { width, height } = fitted(saved.bounds, home);
  const x = Math.min(Math.max(saved.bounds.x, home.x), home.x + home.width - width);
  const y = Math.min(Math.max(saved.bounds.y, home.y), home.y + home.height - height);
  return { bounds: { x, y, width, height }, isMaximized: saved.isMaximized };
}

/** A second one beside another is seen to be another. */
export function besides({ bounds, isMaximized }: WindowPlace, count: number): WindowPlace {
  const step = 24 * count;
  return { bounds: { ...bounds, x: bounds.x + step, y: bounds.y + step }, isMaximized };
}

export function writePlace(place: WindowPlace): string {
  return JSON.stringify(place);
}

/** Undefined for what no version of ours has written. */
export function readPlace(text: string | undefined): WindowPlace | undefined {
  if (text === undefined) return undefined;
  try {
    const { bounds, isMaximized } = JSON.parse(text) as Partial<WindowPlace>;
    const { x, y, width, height } = bounds ?? {};
    const sides = [x, y, width, height].map(Number);
    if (!sides.every((side) => Number.isSafeInteger(side) && Math.abs(side) < 100_000))
      return undefined;
    const [left = 0, top = 0, wide = 0, high = 0] = sides;
    if (wide <= 0 || high <= 0) return undefined;
    return {
      bounds: { x: left, y: top, width: wide, height: high },
      isMaximized: isMaximized === true,
    };
  } catch {
    return undefined;
  }
}

function isHeld({ x, y, width }: Rectangle, area: Rectangle): boolean {
  const across = Math.min(x + width, area.x + area.width) - Math.max(x, area.x);
  const isBelowTop = y >= area.y - grip.height && y <= area.y + area.height - grip.height;
  return across >= grip.width && isBelowTop;
}

function fitted({ width, height }: { width: number; height: number }, area: Rectangle) {
  return {
    width: Math.min(Math.max(width, smallest.width), area.width),
    height: Math.min(Math.max(height, smallest.height), area.height),
  };
}

function centred(area: Rectangle): Rectangle {
  const { width, height } = fitted(usual, area);
  return {
    x: area.x + Math.floor((area.width - width) / 2),
    y: area.y + Math.floor((area.height - height) / 2),
    ...{ width, height },
  };
}
