import { TriangleAlert } from 'lucide-react';
import { Component, type ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';

interface ErrorBoundaryProps {
  /** What is inside, as a name: `Inbox`. */
  name: string;
  children: ReactNode;
}

/** A view that fails leaves the rest of the window alone, says why, and can be tried again. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { error: Error | undefined }> {
  override state: { error: Error | undefined } = { error: undefined };

  static getDerivedStateFromError(error: unknown): { error: Error } {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <EmptyState
        icon={TriangleAlert}
        title={`${this.props.name} could not be shown`}
        action={
          <>
            <Button onClick={() => location.reload()}>Reload the page</Button>
            <Button look="primary" onClick={() => this.setState({ error: undefined })}>
              Try again
            </Button>
          </>
        }
      >
        <p>This is a defect in Musher. Agents and their work are not touched by it.</p>
        <pre className="text-selectable mt-2 text-sm whitespace-pre-wrap text-faint">
          {error.message}
        </pre>
      </EmptyState>
    );
  }
}
