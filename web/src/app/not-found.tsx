import { Link } from '@tanstack/react-router';
import { Door } from '../pages/sign-in/door.tsx';
import { buttonClasses } from '../ui/button.tsx';

/** For whoever comes by an address that leads nowhere, signed in or not. */
export function NotFound() {
  return (
    <Door title="There is nothing here">
      <div className="space-y-4">
        <p className="text-soft">The address may be mistyped, or what it led to was removed.</p>
        <Link to="/" className={`${buttonClasses('main')} w-full`}>
          To the overview
        </Link>
        <a href="/catalog" className={`${buttonClasses()} w-full`}>
          To the catalogue
        </a>
      </div>
    </Door>
  );
}
