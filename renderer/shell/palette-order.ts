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

/** How well a command fits what was typed: 0 is not at all. Every word typed must stand in it. */
export function scoreOf(title: string, typed: string, keywords: readonly string[] = []): number {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const inTitle = title.toLowerCase();
  const everywhere = [inTitle, ...keywords].join(' ').toLowerCase();
  if (!words.every((word) => everywhere.includes(word))) return 0;
  if (inTitle.startsWith(words.join(' '))) return 1;
  return words.every((word) => inTitle.includes(word)) ? 0.8 : 0.4;
}

/** The list of recent ids after this one was used. */
export function afterUse(recentIds: readonly string[], id: string): string[] {
  return [id, ...recentIds.filter((other) => other !== id)].slice(0, maxRemembered);
}
