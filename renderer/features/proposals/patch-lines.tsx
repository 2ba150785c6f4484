import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { toPlainText } from '../../ui/plain-text.ts';

/** More are shown when they are asked for. */
const shownLines = 300;

/** The patch of one small text, line by line, whatever is in it shown as what it is. */
export function PatchLines({ patch }: { patch: string }) {
  const [isWhole, setWhole] = useState(false);
  const all = linesOf(patch);
  const lines = isWhole ? all : all.slice(0, shownLines);
  if (all.length === 0) return null;
  return (
    <>
      <section
        aria-label="Changed lines"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard
        tabIndex={0}
        className="text-selectable overflow-x-auto rounded-md border py-1 font-mono text-sm"
      >
        {lines.map((line, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name, and never move
          <Line key={at} line={line} />
        ))}
      </section>
      {all.length > lines.length && (
        <Button className="mt-2" onClick={() => setWhole(true)}>
          Show all {all.length} lines
        </Button>
      )}
    </>
  );
}

const looks: Readonly<Record<string, string>> = {
  '+': 'bg-green-soft text-fg',
  '-': 'bg-red-soft text-fg',
  '@': 'text-faint',
};

function Line({ line }: { line: string }) {
  return (
    <div className={classNames('px-2 whitespace-pre', looks[line.charAt(0)] ?? 'text-muted')}>
      {toPlainText(line) || ' '}
    </div>
  );
}

/** From the first hunk on: what is above it says the name of the one file. */
function linesOf(patch: string): readonly string[] {
  const lines = patch.split('\n');
  const first = lines.findIndex((line) => line.startsWith('@@'));
  if (first === -1) return [];
  return lines.slice(first, lines.at(-1) === '' ? -1 : undefined);
}
