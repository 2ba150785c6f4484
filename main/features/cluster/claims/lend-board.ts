/** What nodes are told beside the stories: which they may claim, what those say that they have, and what became of what they brought. */
import type { Offer, StoryWork, Verdict } from '../../../../preload/contract/claim-facts.ts';
import type { Peer } from '../../../../preload/contract/peer-facts.ts';
import { reasonOf } from '../../../base/result.ts';
import type { StoryIndex } from '../../pipeline/index.ts';
import { bodyOf, type Story } from '../../stories/index.ts';
import { joinedNodes } from '../slice.ts';
import type { Lending } from './lend.ts';
import type { LendScene } from './lend-plan.ts';

/** More than nodes claim between two looks; the rest is told when these are gone. */
const offersAtOnce = 100;
/** Of so many it is told what there is to know, so that nodes can begin them while this Musher is away. */
const knownOffers = 16;

interface Written {
  /** What it was written of: another version, another text. */
  readonly of: string;
  /** Whose it was: who has it begins at the newest commit, and not at that of an offer. */
  readonly holder: string;
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
    const offers = offersOf(scene, index);
    const first = [...offers.keys()].slice(0, knownOffers);
    const offered = first.flatMap((id) => scene.stories.open.get(id) ?? []);
    const told = new Map([...offered, ...scene.lent].map((story) => [story.id, story]));
    for (const id of this.works.keys()) if (!told.has(id)) this.works.delete(id);
    const work = new Map<string, StoryWork>();
    for (const [id, story] of told) {
      const known = this.workOf(story);
      if (known !== undefined) work.set(id, known);
    }
    this.lending.shared.board.tell({ offers, work, verdicts, peers: this.peers() });
  }

  /** Whoever has a key for it; where it lets the others in it says itself. */
  private peers(): ReadonlyMap<string, Peer> {
    const { life, shared } = this.lending;
    return new Map(
      joinedNodes(life.state()).flatMap(({ id, label, peerKey: key }) => {
        if (key === undefined) return [];
        const url = shared.selfOf(id)?.peersAt;
        return [[id, { label, key, ...(url !== undefined && { url }) }]];
      }),
    );
  }

  private workOf(story: Story): StoryWork | undefined {
    const { id, bodySeq, version, node } = story;
    const holder = `${node?.id} ${node?.claim}`;
    const of = `${bodySeq} ${version} ${holder}`;
    const known = this.works.get(id);
    if (known?.of === of) return known.work;
    const before = known?.holder === holder ? known.work : undefined;
    this.works.set(id, { of, holder, work: before });
    void this.write(story, { of, holder });
    return before;
  }

  private async write(story: Story, { of, holder }: Omit<Written, 'work'>): Promise<void> {
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
    const { node } = story;
    const work: StoryWork = {
      ...{ body: bodyOf(life.log, story), criteria },
      ...(node !== undefined && { node }),
      ...(target && { target }),
    };
    this.works.set(story.id, { of, holder, work });
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
