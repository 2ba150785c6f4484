/** What nodes are told beside the stories: which they may claim, what those say that they have, and what became of what they brought. */
import type { Offer, StoryWork, Verdict } from '../../../../preload/contract/claim-facts.ts';
import { reasonOf } from '../../../base/result.ts';
import type { StoryIndex } from '../../pipeline/index.ts';
import { bodyOf, type Story } from '../../stories/index.ts';
import type { Lending } from './lend.ts';
import type { LendScene } from './lend-plan.ts';

/** More than nodes claim between two looks; the rest is told when these are gone. */
const offersAtOnce = 100;

interface Written {
  /** What it was written of: another version, another text. */
  readonly of: string;
  readonly work: StoryWork | undefined;
}

export class LendingBoard {
  private readonly lending: Lending;
  private readonly works = new Map<string, Written>();
  private ready: () => void = () => undefined;

  constructor(lending: Lending) {
    this.lending = lending;
  }

  /** Told when there is more to tell. */
  onReady(listener: () => void): void {
    this.ready = listener;
  }

  tell(scene: LendScene, index: StoryIndex, verdicts: ReadonlyMap<string, Verdict>): void {
    const lent = new Set(scene.lent.map(({ id }) => id));
    for (const id of this.works.keys()) if (!lent.has(id)) this.works.delete(id);
    const work = new Map<string, StoryWork>();
    for (const story of scene.lent) {
      const known = this.workOf(story);
      if (known !== undefined) work.set(story.id, known);
    }
    this.lending.shared.board.tell({ offers: offersOf(scene, index), work, verdicts });
  }

  private workOf(story: Story): StoryWork | undefined {
    const { id, bodySeq, version, node } = story;
    const of = `${bodySeq} ${version} ${node?.id} ${node?.claim}`;
    const known = this.works.get(id);
    if (known?.of === of) return known.work;
    this.works.set(id, { of, work: known?.work });
    void this.write(story, of);
    return known?.work;
  }

  private async write(story: Story, of: string): Promise<void> {
    const { ports, life } = this.lending;
    let target: StoryWork['target'];
    try {
      target = await ports.carrier.target(await ports.base());
    } catch (error) {
      // Work begins with what its node has then.
      life.logger.warn({ story: story.id, error: reasonOf(error) }, 'the target is not known');
    }
    if (life.signal.aborted || this.works.get(story.id)?.of !== of) return;
    const criteria = story.criteria.map(({ text }) => text);
    const work = { body: bodyOf(life.log, story), criteria, ...(target && { target }) };
    this.works.set(story.id, { of, work });
    this.ready();
  }
}

/** What could begin and is nobody's, the first in order first. A spike is not offered: it brings an answer to whoever asked, and no code. */
function offersOf(scene: LendScene, { byProfile }: StoryIndex): ReadonlyMap<string, Offer> {
  if (!scene.isOn) return new Map();
  const entries = [...byProfile.values()].flatMap((list) => list.all().slice(0, offersAtOnce));
  const offers = new Map<string, Offer>();
  for (const { id, key } of entries.toSorted((a, b) => a.key - b.key)) {
    const story = scene.stories.open.get(id);
    if (story === undefined || story.type === 'spike' || scene.isBegun(id)) continue;
    const { title, type, priority, profile } = story;
    offers.set(id, { key, title, type, priority, ...(profile !== undefined && { profile }) });
    if (offers.size === offersAtOnce) break;
  }
  return offers;
}
