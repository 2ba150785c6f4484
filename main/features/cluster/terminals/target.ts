/** As a node: what it shows of a story to its rendezvous. Pure. */
import type { ClaimRecord } from '../../../../preload/contract/claim-facts.ts';

export interface TargetScene {
  /** This node's id. */
  readonly node: string;
  readonly claim: ClaimRecord | undefined;
  /** Of a story of this hub: who works on it. Undefined where there is no such story. */
  readonly workOn: (local: string) => { readonly agent: string | undefined } | undefined;
  readonly terminalOf: (agent: string) => string | undefined;
}

/** `none`: there is no terminal yet. `foreign`: it is nothing of that rendezvous. */
export type Target = { readonly terminalId: string } | 'none' | 'foreign';

/** Of a story that it has from its rendezvous, the terminal of who works on it; of nothing else, whatever is asked for. */
export function targetOf({ node, claim, workOn, terminalOf }: TargetScene): Target {
  if (claim === undefined || claim.node !== node || claim.state === 'releasing') return 'foreign';
  if (claim.local === undefined) return 'none';
  const work = workOn(claim.local);
  if (work === undefined) return 'foreign';
  const terminalId = work.agent === undefined ? undefined : terminalOf(work.agent);
  return terminalId === undefined ? 'none' : { terminalId };
}
