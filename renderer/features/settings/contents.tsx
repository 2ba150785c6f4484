import type { Section } from './sections.ts';

/** Leads to a section; it stays in sight. */
export function Contents({
  sections,
  hasAppearance,
}: {
  sections: readonly Section[];
  hasAppearance: boolean;
}) {
  const first = hasAppearance ? [{ name: 'appearance', title: 'Appearance, keys' }] : [];
  const go = (name: string) => {
    const heading = document.getElementById(`settings-${name}`);
    heading?.scrollIntoView({ block: 'start' });
    heading?.focus({ preventScroll: true });
  };
  return (
    <nav aria-label="Sections of settings" className="sticky top-0 self-start p-2 max-lg:hidden">
      <ul>
        {[...first, ...sections].map(({ name, title }) => (
          <li key={name}>
            <button
              type="button"
              className="w-full rounded-md px-2 py-1 text-left text-muted hover:bg-hover hover:text-fg"
              onClick={() => go(name)}
            >
              {title}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
