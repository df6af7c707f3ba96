import { Link, type LinkProps } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';

export function BackLink({ children, ...link }: LinkProps & { readonly children: string }) {
  return (
    <Link {...link} className="mb-1 inline-flex items-center gap-1 text-[0.8125rem] text-soft hover:text-ink">
      <ArrowLeft aria-hidden className="size-3.5" />
      {children}
    </Link>
  );
}
