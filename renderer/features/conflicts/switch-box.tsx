interface SwitchProps {
  label: string;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
}

/** Shows more, or not. */
export function SwitchBox({ label, isOn, onChange }: SwitchProps) {
  return (
    <label className="flex h-6 items-center gap-1.5 text-sm text-muted">
      <input
        type="checkbox"
        checked={isOn}
        onChange={(event) => onChange(event.target.checked)}
        className="size-3.5 accent-(--accent)"
      />
      {label}
    </label>
  );
}
