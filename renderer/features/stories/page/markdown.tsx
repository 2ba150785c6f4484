/**
 * Markdown that somebody else wrote, as text with a shape: no HTML of it is ever markup, nothing is fetched, and nothing leads
 * away. A link shows its address beside its words, for the two may say different things.
 */
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTaskListItemFromMarkdown } from 'mdast-util-gfm-task-list-item';
import { gfmTable } from 'micromark-extension-gfm-table';
import { gfmTaskListItem } from 'micromark-extension-gfm-task-list-item';
import { Component, type ComponentProps, type ReactNode } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import { toPlainText } from '../../../ui/plain-text.ts';
import { UntrustedText } from '../../../ui/untrusted-text.tsx';
import { isTooMuch } from './markdown-bounds.ts';

export function MarkdownBody({ text }: { text: string }) {
  const plain = toPlainText(text);
  if (isTooMuch(plain)) return <UntrustedText text={text} />;
  return (
    <OrPlain key={plain} fallback={<UntrustedText text={text} />}>
      <div className="text-selectable flex flex-col gap-2 wrap-anywhere" dir="auto">
        <ReactMarkdown remarkPlugins={plugins} components={components} urlTransform={asItIs}>
          {plain}
        </ReactMarkdown>
      </div>
    </OrPlain>
  );
}

/** Tables and lists of tasks, and no more of what GitHub adds: its footnotes take a time that grows with the square of their number. */
function tablesAndTasks(this: { data(): object }): void {
  Object.assign(this.data(), {
    micromarkExtensions: [gfmTable(), gfmTaskListItem()],
    fromMarkdownExtensions: [gfmTableFromMarkdown(), gfmTaskListItemFromMarkdown()],
  });
}

const plugins = [tablesAndTasks];

/** The address is shown and never followed, so it is shown as it was written. */
function asItIs(url: string): string {
  return url;
}

/** What cannot be drawn is shown as it was written. */
class OrPlain extends Component<{ fallback: ReactNode; children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    return this.state.failed ? this.props.fallback : this.props.children;
  }
}

const heading = (level: 2 | 3 | 4) =>
  function Heading({ children }: { children?: ReactNode }) {
    const Tag = `h${level}` as const;
    return (
      <Tag className={level === 2 ? 'pt-2 text-lg font-semibold' : 'pt-1 font-semibold'}>
        {children}
      </Tag>
    );
  };

const components: Components = {
  // Below the page’s own heading.
  ...{
    h1: heading(2),
    h2: heading(2),
    h3: heading(3),
    h4: heading(3),
    h5: heading(4),
    h6: heading(4),
  },
  p: ({ children }) => <p className="whitespace-pre-wrap">{children}</p>,
  ul: ({ children }) => <ul className="list-disc pl-5">{children}</ul>,
  ol: ({ children, start }) => (
    <ol start={start} className="list-decimal pl-6">
      {children}
    </ol>
  ),
  a: Address,
  img: Picture,
  input: Box,
  code: ({ children, className }) => (
    <code className={className ? '' : 'rounded-sm bg-hover px-1 text-sm'}>{children}</code>
  ),
  pre: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <pre tabIndex={0} className="overflow-x-auto rounded-md border bg-raised px-3 py-2 text-sm">
      {children}
    </pre>
  ),
  blockquote: ({ children }) => (
    <blockquote className="border-l-2 border-line-strong pl-3 text-muted">{children}</blockquote>
  ),
  table: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section tabIndex={0} aria-label="Table" className="overflow-x-auto">
      <table className="border-collapse text-sm">{children}</table>
    </section>
  ),
  th: ({ children }) => <th className="border px-2 py-1 text-left font-medium">{children}</th>,
  td: ({ children }) => <td className="border px-2 py-1 align-top">{children}</td>,
  hr: () => <hr className="my-1" />,
};

function Address({ href = '', children }: ComponentProps<'a'>) {
  const isSame = typeof children === 'string' && children === href;
  return (
    <span>
      <span className="underline decoration-dotted underline-offset-2">{children}</span>
      {!isSame && href !== '' && <code className="pl-1 text-xs text-muted">{href}</code>}
    </span>
  );
}

function Picture({ src, alt }: ComponentProps<'img'>) {
  const address = typeof src === 'string' ? src : '';
  return (
    <span className="text-muted">
      [picture{alt ? `: ${alt}` : ''}] <code className="text-xs">{address}</code>
    </span>
  );
}

/** Of a list of tasks: what counts are the criteria, so it is not to be ticked. */
function Box({ checked = false }: ComponentProps<'input'>) {
  return (
    <span>
      <span aria-hidden>{checked ? '☑' : '☐'} </span>
      <span className="sr-only">{checked ? 'done: ' : 'to do: '}</span>
    </span>
  );
}
