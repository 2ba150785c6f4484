/** Everything that the contracts offer to someone outside, as the command line spells it. */
import type { CommandDef, QueryDef } from '../../preload/contract/define.ts';
import { featureContracts } from '../../preload/contract/features.ts';

export interface CliCapability {
  readonly kind: 'command' | 'query';
  /** `question.ask` */
  readonly type: string;
  /** Words after `musher`: `['agent', 'add']`. */
  readonly words: readonly string[];
  /** The feature it belongs to, which decides its group in the help. */
  readonly feature: string;
  readonly def: CommandDef | QueryDef;
}

export function listCapabilities(): CliCapability[] {
  return featureContracts.flatMap(({ name, commands, queries }) => [
    ...toCapabilities(name, 'command', commands),
    ...toCapabilities(name, 'query', queries),
  ]);
}

function toCapabilities(
  feature: string,
  kind: CliCapability['kind'],
  defs: Readonly<Record<string, CommandDef | QueryDef>>,
): CliCapability[] {
  return Object.entries(defs)
    .filter(([, def]) => def.who.some((role) => role !== 'system'))
    .map(([type, def]) => ({ kind, type, words: wordsOf(type, def), feature, def }));
}

function wordsOf(type: string, def: CommandDef | QueryDef): string[] {
  return def.cli?.name.split(' ') ?? type.replaceAll('_', '-').split('.');
}
