/** The paths that the dashboard draws, so that what is promised of every page cannot miss a new one. */
import { readFileSync } from 'node:fs';

const ROUTER = new URL('../../web/src/app/router.tsx', import.meta.url);

/** Paths of the router that none of `places` is at. */
export function notVisited(places: readonly string[]): readonly string[] {
  const text = readFileSync(ROUTER, 'utf8');
  const paths = [...text.matchAll(/^ {2}path: '([^']+)'/gm)].map(([, path = '']) => path);
  if (paths.length === 0) throw new Error('The router names no paths where they are looked for.');
  const visited = places.map((place) => place.replace(/\?.*$/s, ''));
  return paths.filter((path) => {
    const pattern = new RegExp(`^${path.replace(/\$\w+/g, '[^/]+')}$`);
    return !visited.some((place) => place === path || (!paths.includes(place) && pattern.test(place)));
  });
}
