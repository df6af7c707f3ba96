import { Link } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useMe } from '../../app/use-me.ts';
import { buttonClasses } from '../../ui/button.tsx';

/** The way to another server, for those who may add one. */
export function AddServer() {
  const { may } = useMe();
  if (!may('admin')) return null;
  return (
    <Link to="/servers/add" className={buttonClasses('main')}>
      <Plus aria-hidden className="size-4" />
      Add a server
    </Link>
  );
}
