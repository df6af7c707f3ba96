/**
 * A gateway makes much garbage that dies at once, and keeps little. V8's young generation starts at 1 MiB and grows by
 * halves, so it collects many times a second what a larger one would never see; and for so few survivors waking four
 * threads costs more than it saves: together a seventh of the CPU of a call (`npm run bench`).
 */
import { setFlagsFromString } from 'node:v8';

/** Before the first call: V8 reads these flags when it collects. */
export function tuneGarbageCollection(): void {
  setFlagsFromString('--semi-space-growth-factor=8');
  setFlagsFromString('--no-parallel-scavenge');
}
