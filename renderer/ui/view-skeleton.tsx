/** In the place of a view whose code is on its way, where that takes long enough to be seen. */
export function ViewSkeleton() {
  return (
    <div role="status" className="after-a-while flex min-h-0 min-w-0 flex-1 flex-col">
      <span className="sr-only">Loading the view</span>
      <div className="flex h-bar shrink-0 items-center gap-3 border-b px-4">
        <div className="h-4 w-24 rounded-sm bg-hover" />
        <div className="h-4 w-40 rounded-sm bg-hover" />
      </div>
      {widths.map((width) => (
        <div key={width} className="flex h-14 shrink-0 items-center border-b px-4">
          <div className={`h-4 rounded-sm bg-hover ${width}`} />
        </div>
      ))}
    </div>
  );
}

const widths = ['w-1/2', 'w-2/5', 'w-3/5', 'w-1/3', 'w-5/12', 'w-7/12'];
