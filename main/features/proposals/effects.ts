/** The work behind proposals: refs, the file, and carrying over. Each can be done twice without harm. */
import { wireOf } from '../../base/result.ts';
import type { EffectHandler, SystemCommand } from '../../hub/feature.ts';
import { factsBetween, select } from './facts.ts';
import type { FileMove, ProposalsPorts } from './ports.ts';
import type { ProposalsState } from './slice.ts';
import { textProblem } from './text-rules.ts';

type Ports = Pick<ProposalsPorts, 'configStore' | 'configCheck'>;

export function proposalEffects(ports: Ports): Readonly<Record<string, EffectHandler<never>>> {
  const { configStore } = ports;
  const keep: EffectHandler<{ proposal: string; commit: string }> = {
    async run({ proposal, commit }) {
      await configStore.keep(proposal, commit);
      return undefined;
    },
  };
  const note: EffectHandler<{ from: string | undefined; to: string }> = {
    async run(data) {
      await configStore.note(data);
      return undefined;
    },
  };
  const write: EffectHandler<{ proposal: string; move: FileMove }> = {
    async run({ proposal, move }) {
      await configStore.write(move);
      return { type: 'proposal.applied', data: { proposal } };
    },
    failed: ({ proposal }, error) => ({
      type: 'proposal.apply_failed',
      data: { proposal, error: wireOf(error) },
    }),
  };
  const revert: EffectHandler<{ move: FileMove }> = {
    async run({ move }) {
      await configStore.write(move);
      return { type: 'config.reverted', data: {} };
    },
    failed: (_data, error) => ({ type: 'config.revert_failed', data: { error: wireOf(error) } }),
  };
  const carry: EffectHandler<{ proposal: string }> = {
    run: ({ proposal }, { hub, signal }) => carryOver(ports, select(hub), { proposal, signal }),
  };
  return {
    'proposal.keep': keep,
    'config.note': note,
    'proposal.write': write,
    'config.write': revert,
    'proposal.carry': carry,
  } as Record<string, EffectHandler<never>>;
}

/** Over the newest version, as it is when this begins. */
async function carryOver(
  { configStore, configCheck }: Ports,
  state: ProposalsState,
  { proposal, signal }: { readonly proposal: string; readonly signal: AbortSignal },
): Promise<SystemCommand | undefined> {
  const record = state.byId.get(proposal);
  const base = state.head?.commit;
  if (record?.state !== 'open' || base === undefined || record.base === base) return undefined;
  const { commit: from, why, agent } = record;
  const message = `${why}\n\nMusher-Agent: ${agent}`;
  const tell = (what: object): SystemCommand => ({
    type: 'proposal.carry',
    data: { proposal, from, base, ...what },
  });
  const text = await configStore.merged({ ours: base, theirs: from }, signal);
  if (text === undefined) return tell({ stale: 'conflict' });
  const before = await configStore.textAt(base, signal);
  if (text === before) return tell({ stale: 'same' });
  const { problems } = configCheck.check(text);
  const isText = textProblem(text) === undefined;
  if (problems.length > 0 || !isText) return tell({ stale: 'invalid', problems });
  const facts = factsBetween(configCheck, before, text);
  // Lines may have come to stand below another heading: then they say what nobody proposed, and nobody checked whose it is.
  const proposed = new Set(record.changes.map(({ key }) => key));
  const isOther =
    facts.changeCount > facts.changes.length || facts.changes.some(({ key }) => !proposed.has(key));
  if (isOther) return tell({ stale: 'conflict' });
  const made = await configStore.makeVersion({ parent: base, text, message }, signal);
  return tell({ carried: { commit: made.commit, hash: made.hash, ...facts } });
}
