/**
 * V8's young generation starts at 1 MiB and is made larger while much of it survives, up to 16 MiB. During a start everything
 * survives, so it would grow for nothing and stay large. Afterwards a gateway makes much garbage that dies at once, and keeps
 * little: then V8 collects many times a second what a larger one would never see; and for so few survivors waking four
 * threads costs more than it saves: together a seventh of the CPU of a call (`npm run bench`). What calls leave for a tenth of
 * a second, until the database has it, outlives the young generation; while the heap is small V8 would look through all of it
 * after each 5 MB of that. Once in the size of what lives is enough: another tenth, for some 20 MB.
 */
import { setFlagsFromString } from 'node:v8';

/** For the start: no growth. V8 reads these flags when it collects. */
export function tuneForStart(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}

/** For calls, once the start is over. */
export function tuneForCalls(): void {
  setFlagsFromString('--semi-space-growth-factor=8');
  setFlagsFromString('--no-parallel-scavenge');
  setFlagsFromString('--heap-growing-percent=100');
}
