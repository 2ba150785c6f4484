/**
 * Cells of whole device pixels, whoever paints. Left alone, xterm's two painters disagree: by WebGL a cell is as wide
 * as its letter rounded down, so that letters touch, and by the DOM it is not rounded at all; a terminal that goes
 * over to the other would have another size.
 */
import type { Terminal } from '@xterm/xterm';

interface Measured {
  readonly width: number;
  readonly height: number;
}

interface CharSizeService {
  measure(): void;
  readonly _measureStrategy: { measure(): Measured };
}

/** Above what rounding errors take away, below a pixel over a thousand cells: xterm rounds down again. */
const tiny = 1e-6;

/** The terminal must be open, and measures anew. */
export function keepCellsWhole(terminal: Terminal): void {
  const core = (terminal as unknown as { _core: { _charSizeService: CharSizeService } })._core;
  const service = core._charSizeService;
  const strategy = service._measureStrategy;
  const measure = strategy.measure.bind(strategy);
  strategy.measure = () => {
    const { width, height } = measure();
    return { width: toWholePixels(width, devicePixelRatio), height };
  };
  service.measure();
}

/** Not measured yet is 0, and stays so. */
export function toWholePixels(cssPx: number, ratio: number): number {
  return cssPx === 0 ? 0 : (Math.max(1, Math.round(cssPx * ratio)) + tiny) / ratio;
}
