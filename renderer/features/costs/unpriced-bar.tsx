import { Copy } from 'lucide-react';
import type { CostReport } from '../../../preload/contract/cost-report.ts';
import { tokenWords } from '../../../preload/contract/say-cost.ts';
import { Button } from '../../ui/button.tsx';
import { copyText } from '../../ui/copy-text.ts';
import { toPlainLine } from '../../ui/plain-text.ts';

const named = 3;

/** What is used and has no price is not in any sum of money: said above all of them, with the way to mend it. */
export function UnpricedBar({ report }: { report: CostReport }) {
  const { total, models, snippet } = report;
  if (total.unpriced === 0) return null;
  const names = models.filter(({ rule, toldUsd }) => rule === undefined && toldUsd === 0);
  const first = names.slice(0, named).map(({ model }) => toPlainLine(model));
  const more = names.length > named ? ` and ${names.length - named} more` : '';
  return (
    <div
      role="status"
      className="flex items-center gap-x-3 gap-y-1.5 border-b bg-amber-soft max-sm:flex-col max-sm:items-start px-4 py-1.5"
    >
      <p className="min-w-0 flex-1 text-amber">
        {tokenWords(total.unpriced)} tokens have no price, and are in no sum: {first.join(', ')}
        {more}. Prices stand in <code className="text-sm">[costs.prices]</code> of your config.toml.
      </p>
      {snippet !== undefined && (
        <Button icon={Copy} onClick={() => copyText(snippet)}>
          Copy the lines
        </Button>
      )}
    </div>
  );
}
