import { LoaderCircle } from 'lucide-react';

export function Loading({ what = 'Loading…' }: { readonly what?: string }) {
  return (
    <div role="status" className="flex items-center justify-center gap-2 p-10 text-soft">
      <LoaderCircle aria-hidden className="size-4 animate-spin" />
      {what}
    </div>
  );
}
