import { useSearch } from '@tanstack/react-router';
import { enter } from './enter.ts';
import { SecondFactor } from './second-factor.tsx';

/** Where whoever comes by a mailed link or a provider is asked for the code. */
export function SecondFactorPage() {
  const { to } = useSearch({ from: '/second-factor' });
  return <SecondFactor onDone={() => enter(to)} />;
}
