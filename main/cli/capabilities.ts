/** Everything that the contracts offer to someone outside, as the command line spells it. Plain data. */
import type { CommandDef, FeatureContract, QueryDef } from '../../preload/contract/define.ts';
import { type Field, fieldsOf } from './fields.ts';
import type { Shape } from './shape.ts';
import { jsonSchemaOf, shapeOf } from './shape-of.ts';

export interface CliCapability {
  readonly kind: 'command' | 'query';
  /** `question.ask` */
  readonly type: string;
  /** Words after `musher`: `['agent', 'add']`. */
  readonly words: readonly string[];
  /** The feature it belongs to, which decides its group in the help. */
  readonly feature: string;
  readonly summary: string;
  readonly examples: readonly string[];
  readonly fields: readonly Field[];
  readonly data: Shape;
  readonly result: Shape;
}

export function listCapabilities(contracts: readonly FeatureContract[]): CliCapability[] {
  return contracts.flatMap(({ name, commands, queries }) => [
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
    .map(([type, def]) => ({
      kind,
      type,
      words: wordsOf(type, def),
      feature,
      summary: def.summary,
      examples: def.cli?.examples ?? [],
      fields: fieldsOf(jsonSchemaOf(def.data, 'input'), def.cli?.args ?? []),
      data: shapeOf(def.data, 'input'),
      result: shapeOf(def.result, 'output'),
    }));
}

function wordsOf(type: string, def: CommandDef | QueryDef): string[] {
  return def.cli?.name.split(' ') ?? type.replaceAll('_', '-').split('.');
}
