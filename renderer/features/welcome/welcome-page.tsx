import type { Hub } from '../../hub/hub-context.tsx';
import { HubProvider } from '../../hub/hub-context.tsx';
import { useConnection } from '../../hub/connection.ts';
import { useQuery } from '../../hub/use-command.ts';
import { ConnectionGate } from '../../shell/connection-screens.tsx';
import { ConnectionWord } from '../../shell/connection-word.tsx';
import { ErrorBoundary } from '../../shell/error-boundary.tsx';
import { ThemeMenu } from '../../shell/theme-menu.tsx';
import { FailedLine } from '../../ui/failed-line.tsx';
import { Toaster } from '../../ui/toast.tsx';
import { TooltipProvider } from '../../ui/tooltip.tsx';
import { ChooseFolder } from './choose-folder.tsx';
import { DemoOffer } from './demo-offer.tsx';
import { KeptPlaces } from './kept-places.tsx';
import { Mark } from './mark.tsx';
import { Programs } from './programs.tsx';
import { RecentList } from './recent-list.tsx';
import { Section } from './section.tsx';
import { shownPath } from './shown-path.ts';
import { useChoice } from './use-choice.ts';

/** The whole page of a Musher that has no repository, given its hub. */
export function WelcomePage({ hub }: { hub: Hub }) {
  return (
    <HubProvider hub={hub}>
      <TooltipProvider>
        <ErrorBoundary name="The welcome page">
          <div className="flex h-full flex-col">
            <ConnectionGate>
              <Welcome />
              <Footer />
            </ConnectionGate>
          </div>
        </ErrorBoundary>
        <Toaster />
      </TooltipProvider>
    </HubProvider>
  );
}

const all = {};

function Welcome() {
  const { result, error, reload } = useQuery('welcome.look', all);
  const choice = useChoice(result?.asked === undefined ? '' : shownPath(result.asked, result.home));
  const { verdict } = choice;
  const hasOwn = verdict !== undefined && verdict.places.length > 0;
  const places = hasOwn ? verdict.places : (result?.places ?? []);
  return (
    <main className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex max-w-260 flex-col gap-6 px-6 py-8 max-sm:px-4 max-sm:py-4">
        <header className="flex items-start gap-3">
          <Mark />
          <div className="min-w-0">
            <h1 className="text-lg font-semibold">Welcome to Musher</h1>
            <p className="max-w-150 text-muted">
              Coding agents work in a git repository side by side, each in a worktree and a terminal
              of its own. You see what they do, answer them, and merge what you accept.
            </p>
          </div>
        </header>
        {error && <FailedLine error={error} onRetry={reload} />}
        <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,23rem)] gap-x-8 gap-y-6 max-[860px]:grid-cols-1">
          <div className="flex min-w-0 flex-col gap-6">
            <ChooseFolder choice={choice} look={result} />
            {result && (
              <RecentList recent={result.recent} home={result.home} {...{ choice, reload }} />
            )}
            {result && <DemoOffer obstacle={result.demoObstacle} choice={choice} />}
          </div>
          <div className="flex min-w-0 flex-col gap-6">
            <Section title="Coding CLIs on this machine">
              <Programs home={result?.home ?? ''} />
            </Section>
            <Section title={hasOwn ? 'What it will write here' : 'What it writes, and where'}>
              <KeptPlaces
                {...{ places, verdict: hasOwn ? verdict : undefined, home: result?.home ?? '' }}
              />
            </Section>
          </div>
        </div>
      </div>
    </main>
  );
}

function Footer() {
  const { version } = useConnection();
  return (
    <footer className="flex h-6 shrink-0 items-center gap-4 overflow-hidden border-t bg-raised px-3 text-xs whitespace-nowrap text-muted">
      <ConnectionWord />
      <span className="flex-1" />
      {version !== undefined && <span>Musher {version}</span>}
      <ThemeMenu />
    </footer>
  );
}
