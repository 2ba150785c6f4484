/** Links between nodes, beside their rows. */
import type { MeshLink } from '../../../../preload/contract/mesh-links.ts';
import { Cross, rowPx, strokeOf, toneOf } from './link-lines.tsx';

/** An arc to the next row goes so far out. */
const bendPx = 9;

/** An arc from row to row, the wider the further they are apart. */
export function Mesh({ links, rows }: { links: readonly MeshLink[]; rows: number }) {
  const height = rows * rowPx;
  const middle = (row: number) => (row + 0.5) * rowPx;
  const farthest = Math.max(...links.map(({ from, to }) => to - from));
  const meshPx = 12 + bendPx * farthest;
  return (
    <svg
      role="img"
      aria-label="Links between nodes"
      width={meshPx}
      height={height}
      viewBox={`0 0 ${meshPx} ${height}`}
      fill="none"
      className="mr-1 shrink-0"
    >
      {links.map(({ from, to, look }) => {
        const [start, end] = [middle(from), middle(to)];
        // A curve comes three quarters as far as it is pulled.
        const out = meshPx - 3 - (bendPx * (to - from) * 4) / 3;
        return (
          <g key={`${from} ${to}`} className={toneOf[look]}>
            <path
              d={`M${meshPx - 3} ${start} C ${out} ${start}, ${out} ${end}, ${meshPx - 3} ${end}`}
              {...strokeOf[look]}
            />
            {look === 'cut' && (
              <Cross x={meshPx - 3 - bendPx * (to - from)} y={(start + end) / 2} />
            )}
          </g>
        );
      })}
    </svg>
  );
}
