import { useMemo } from 'react';
import { marksIn, type Term } from '../../../preload/contract/search-text.ts';
import { classNames } from '../../ui/class-names.ts';
import { toPlainText } from '../../ui/plain-text.ts';

interface HitTextProps {
  text: string;
  /** What was searched for; the same words are marked that the hub found. */
  terms: readonly Term[];
  className?: string;
}

/** A text somebody else wrote, as text alone, with what was searched for marked in it. */
export function HitText({ text, terms, className }: HitTextProps) {
  const pieces = useMemo(() => piecesOf(toPlainText(text), terms), [text, terms]);
  return (
    <div className={classNames('text-untrusted', className)}>
      {pieces.map(({ at, piece, isHit }) =>
        isHit ? (
          <mark key={at} className="rounded-sm bg-amber-soft text-amber">
            {piece}
          </mark>
        ) : (
          piece
        ),
      )}
    </div>
  );
}

function piecesOf(text: string, terms: readonly Term[]) {
  const pieces: { at: number; piece: string; isHit: boolean }[] = [];
  let at = 0;
  const add = (end: number, isHit: boolean) => {
    if (end > at) pieces.push({ at, piece: text.slice(at, end), isHit });
    at = end;
  };
  for (const { start, end } of marksIn(text, terms)) {
    add(start, false);
    add(end, true);
  }
  add(text.length, false);
  return pieces;
}
