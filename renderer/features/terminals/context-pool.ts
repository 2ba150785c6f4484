/**
 * Who may hold one of the page's graphics contexts. A browser gives a page sixteen or so, shared with other pages of
 * the same process, and takes the oldest away when one more is asked for: its terminal turns white. So only so many
 * are held at once, by those that are seen and were used last; whoever is pushed out is told, and paints otherwise.
 */

export interface ContextHolder {
  /** Take a context now; false when there is none to be had. */
  grant(): boolean;
  /** Give it back now: the next one is granted right after. */
  revoke(): void;
}

export interface ContextSeat {
  /** It is worked in: it comes before those that were used earlier. */
  use(): void;
  show(isSeen: boolean): void;
  /**
   * The browser took the context away. Its place stays taken until it is used or shown again: somebody else needs
   * contexts more than we have, and granting it to the next would only go round.
   */
  lost(): void;
  /** Gives back what it holds. */
  leave(): void;
}

interface Member {
  readonly holder: ContextHolder;
  isSeen: boolean;
  /** Which use of all was its last; 0 when it never was. */
  lastUse: number;
  /** `refused`: it has a place and no context. */
  state: 'waiting' | 'holding' | 'refused';
}

export class ContextPool {
  private readonly max: number;
  private readonly members = new Set<Member>();
  private uses = 0;

  constructor(max: number) {
    this.max = max;
  }

  join(holder: ContextHolder): ContextSeat {
    const member: Member = { holder, isSeen: false, lastUse: 0, state: 'waiting' };
    this.members.add(member);
    return {
      use: () => {
        this.uses++;
        member.lastUse = this.uses;
        if (member.state === 'refused') member.state = 'waiting';
        this.settle();
      },
      show: (isSeen) => {
        if (member.isSeen === isSeen) return;
        member.isSeen = isSeen;
        this.settle();
      },
      lost: () => {
        member.holder.revoke();
        member.state = 'refused';
      },
      leave: () => {
        this.members.delete(member);
        release(member);
        this.settle();
      },
    };
  }

  private settle(): void {
    const chosen = new Set(
      [...this.members]
        .filter(({ isSeen }) => isSeen)
        .sort(byPrecedence)
        .slice(0, this.max),
    );
    // All are given back before any is taken, or there would be one too many for a moment.
    for (const member of this.members) if (!chosen.has(member)) release(member);
    for (const member of chosen) {
      if (member.state === 'waiting') member.state = member.holder.grant() ? 'holding' : 'refused';
    }
  }
}

function release(member: Member): void {
  const { state } = member;
  member.state = 'waiting';
  if (state === 'holding') member.holder.revoke();
}

/** Of two that were never used, the one that is there keeps its place: changing hands costs both a painting. */
function byPrecedence(a: Member, b: Member): number {
  return b.lastUse - a.lastUse || Number(b.state !== 'waiting') - Number(a.state !== 'waiting');
}
