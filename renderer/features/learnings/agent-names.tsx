import { useRecords } from '../../hub/use-records.ts';
import { navigate } from '../../shell/ui-state.ts';

/** Agents by name; those that are there lead to themselves. */
export function AgentNames({ names }: { names: readonly string[] }) {
  const agents = useRecords('agent');
  const known = new Set(agents.map(({ id }) => id));
  return (
    <span className="flex min-w-0 flex-wrap gap-x-1">
      {names.map((name, at) => (
        <span key={name}>
          {known.has(name) ? (
            <button
              type="button"
              className="rounded-sm text-muted hover:text-fg hover:underline"
              onClick={() => navigate('agents', `agent/${name}`)}
            >
              {name}
            </button>
          ) : (
            name
          )}
          {at < names.length - 1 && ','}
        </span>
      ))}
    </span>
  );
}
