/** What is learned so far, for whoever asks: bounded, so that a model can read it whole. Pure. */
import type { QueryData, QueryResult } from '../../../preload/contract/define.ts';
import type { learnings as contract } from '../../../preload/contract/learnings.ts';
import type { LearningRecord } from '../../../preload/contract/learning-records.ts';
import { sayFinding, toldFindings } from '../../../preload/contract/say-finding.ts';
import type { QueryContext } from '../../hub/feature.ts';
import { selectFindings } from '../findings/index.ts';
import type { LearningsState } from './slice.ts';

type Asked = QueryData<typeof contract, 'learning.list'>;
type Listed = QueryResult<typeof contract, 'learning.list'>;

/** Of all notes of an answer together. */
const mostChars = 64 * 1024;
const findingsListed = 20;

export function listLearnings(
  { findings: findingsOnly, category, limit }: Asked,
  ctx: Pick<QueryContext<LearningsState>, 'state' | 'hub' | 'live'>,
): Listed {
  const notes = findingsOnly || category !== undefined ? [] : newest(ctx.state, limit);
  const findings = toldFindings(selectFindings(ctx.hub).values(), findingsListed);
  const file = ctx.live('learningsFile').get('file') as Listed['file'];
  const omitted = notes.length === 0 ? 0 : ctx.state.byId.size - notes.length;
  return {
    learnings: notes,
    findings: findings
      .filter((one) => category === undefined || one.category === category)
      .map((one) => ({ ...one, text: sayFinding(one) })),
    ...(omitted > 0 && { omitted }),
    ...(file !== undefined && { file }),
  };
}

/** Newest last. */
function newest({ byId, settled }: LearningsState, limit: number): LearningRecord[] {
  let chars = 0;
  const found: LearningRecord[] = [];
  for (const id of settled.slice(-limit).reverse()) {
    const note = byId.get(id);
    if (note === undefined) continue;
    chars += note.text.length;
    if (chars > mostChars && found.length > 0) break;
    found.push(note);
  }
  return found.reverse();
}
