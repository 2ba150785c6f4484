/** What the palette offers and in which order. Pure. */
import type { PaletteCommand } from './view.ts';

export interface PaletteSection {
  readonly title: string;
  readonly commands: readonly PaletteCommand[];
}

const maxRecent = 6;
const maxRemembered = 20;

/** Recent ones first (newest first), then each section in the order it came. */
export function toSections(
  commands: readonly PaletteCommand[],
  recentIds: readonly string[],
): readonly PaletteSection[] {
  const byId = new Map(commands.map((command) => [command.id, command]));
  const recent = recentIds.flatMap((id) => byId.get(id) ?? []).slice(0, maxRecent);
  const shown = new Set(recent);
  const sections = new Map<string, PaletteCommand[]>([['Recent', recent]]);
  for (const command of commands) {
    if (shown.has(command)) continue;
    const section = sections.get(command.section);
    if (section) section.push(command);
    else sections.set(command.section, [command]);
  }
  return Array.from(sections, ([title, own]) => ({ title, commands: own })).filter(
    (section) => section.commands.length > 0,
  );
}

/** The list of recent ids after this one was used. */
export function afterUse(recentIds: readonly string[], id: string): string[] {
  return [id, ...recentIds.filter((other) => other !== id)].slice(0, maxRemembered);
}
