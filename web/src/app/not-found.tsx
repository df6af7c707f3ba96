import { Link } from '@tanstack/react-router';
import { MapPinOff } from 'lucide-react';
import { buttonClasses } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';

export function NotFound() {
  return (
    <EmptyState
      icon={MapPinOff}
      title="There is no such page"
      action={
        <Link to="/" className={buttonClasses('main')}>
          To the overview
        </Link>
      }
    >
      The address may be mistyped, or what it led to was removed.
    </EmptyState>
  );
}
