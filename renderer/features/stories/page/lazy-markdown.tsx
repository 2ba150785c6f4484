import { lazy, Suspense } from 'react';
import { UntrustedText } from '../../../ui/untrusted-text.tsx';

const Body = lazy(async () => ({ default: (await import('./markdown.tsx')).MarkdownBody }));

/** The reader of markdown is fetched when a story is first opened; until then the text is there as it was written. */
export function Markdown({ text }: { text: string }) {
  return (
    <Suspense fallback={<UntrustedText text={text} />}>
      <Body text={text} />
    </Suspense>
  );
}
