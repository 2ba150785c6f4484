export function Loading() {
  return (
    <div role="status" className="flex flex-col">
      <span className="sr-only">Reading settings</span>
      {Array.from({ length: 10 }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same
        <div key={at} className="flex h-16 items-center gap-6 border-b px-4">
          <div className="h-4 w-1/2 rounded-sm bg-hover" />
          <div className="h-7 w-60 rounded-md bg-hover" />
        </div>
      ))}
    </div>
  );
}
