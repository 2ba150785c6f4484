import { CircleCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import type { RegisteredProject } from '../../../preload/contract/gateway-facts.ts';
import { grantWords, registerCommands } from '../../../preload/contract/say-gateway.ts';
import { portOf } from '../../hub/one-time-token.ts';
import { CopyLine } from '../../ui/copy-line.tsx';
import { ExpiresIn } from '../../ui/expires-in.tsx';
import type { MadeToken } from './use-register.ts';

interface RegisterLinesProps {
  made: MadeToken;
  joined: RegisteredProject | undefined;
}

/** What to type where the project is, and whether it has registered meanwhile. */
export function RegisterLines({ made, joined }: RegisterLinesProps) {
  const { here, tunnel } = registerCommands(made.token, portOf(location));
  if (joined !== undefined)
    return (
      <p role="status" className="flex items-center gap-2 py-2 text-green">
        <CircleCheck size={16} strokeWidth={1.75} aria-hidden className="shrink-0" />
        <span>
          Registered as <span className="font-medium">{joined.name}</span>{' '}
          <code className="text-sm">{joined.id}</code>
          <span className="text-muted">: it grants {grantWords[joined.mcp]}.</span>
        </span>
      </p>
    );
  return (
    <div className="flex flex-col gap-4">
      <p role="status" className="text-muted">
        Waiting for the project. The token is shown this once, works once, and{' '}
        <ExpiresIn atMs={made.expiresMs} className="text-fg" />.
      </p>
      <Step title="In a terminal that speaks to the project’s Musher" text={here}>
        It has the <code className="text-sm">export</code> line that{' '}
        <code className="text-sm">musher serve</code> printed there. With{' '}
        <code className="text-sm">--mcp read</code> behind it, MCP clients of this gateway may use
        the tools that only read; with <code className="text-sm">--mcp act</code> all tools.
      </Step>
      <Step title="Where that is another machine, first open the way to this one" text={tunnel}>
        Write your name and this machine’s address in place of{' '}
        <code className="text-sm">you@this-machine</code>, and leave it running for as long as the
        project is registered.
      </Step>
    </div>
  );
}

function Step({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-1">
      <h3 className="font-medium">{title}</h3>
      <CopyLine text={text} label="Copy" />
      <p className="text-sm text-muted">{children}</p>
    </section>
  );
}
