import type { AgentRecord } from '../../../preload/contract/agents.ts';
import type { RestartPolicy } from '../../../preload/contract/agent-wishes.ts';
import { useCommand } from '../../hub/use-command.ts';
import { Select } from '../../ui/text-field.tsx';
import { capitalized } from './present-agent.ts';
import { policies, policyWords } from './present-restart.ts';

interface RestartPolicyChoiceProps {
  label: string;
  hideLabel?: boolean;
  value: RestartPolicy;
  onChange: (policy: RestartPolicy) => void;
}

/** Whether an agent is started again when its program ends by itself. */
export function RestartPolicyChoice({ value, onChange, ...labels }: RestartPolicyChoiceProps) {
  return (
    <Select
      {...labels}
      value={value}
      onChange={(event) => {
        const policy = policies.find((one) => one === event.target.value);
        if (policy) onChange(policy);
      }}
    >
      {policies.map((policy) => (
        <option key={policy} value={policy}>
          {capitalized(policyWords[policy])}
        </option>
      ))}
    </Select>
  );
}

/** The same for an agent that is there. */
export function RestartPolicyOf({ agent }: { agent: AgentRecord }) {
  const run = useCommand();
  return (
    <RestartPolicyChoice
      label={`When ${agent.id} ends by itself`}
      hideLabel
      value={agent.restart?.policy ?? 'never'}
      onChange={(policy) => void run('agent.set_restart', { agent: agent.id, policy })}
    />
  );
}
