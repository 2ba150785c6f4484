interface SectionHeadingProps {
  name: string;
  title: string;
  help: string;
}

/** Of a section; led to from the list of them. */
export function SectionHeading({ name, title, help }: SectionHeadingProps) {
  return (
    <div className="border-b bg-raised px-4 py-2">
      <h2 id={`settings-${name}`} tabIndex={-1} className="scroll-mt-2 font-semibold">
        {title}
      </h2>
      <p className="text-sm text-muted">{help}</p>
    </div>
  );
}
