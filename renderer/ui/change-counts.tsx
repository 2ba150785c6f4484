interface ChangeCountsProps {
  /** Undefined for a binary file. */
  additions: number | undefined;
  deletions: number | undefined;
}

/** `+12 −3`, read out in words; what is none is left out. */
export function ChangeCounts({ additions, deletions }: ChangeCountsProps) {
  if (additions === undefined || deletions === undefined) {
    return <span className="shrink-0 font-mono text-xs text-faint">binary</span>;
  }
  return (
    <span className="inline-flex shrink-0 gap-1.5 font-mono text-xs">
      {additions > 0 && (
        <span className="text-green">
          <span aria-hidden="true">+{additions.toLocaleString('en')}</span>
          <span className="sr-only">{additions} added</span>
        </span>
      )}
      {deletions > 0 && (
        <span className="text-red">
          <span aria-hidden="true">−{deletions.toLocaleString('en')}</span>
          <span className="sr-only">{deletions} deleted</span>
        </span>
      )}
    </span>
  );
}
