/**
 * V8's young generation starts at 1 MiB and is made larger while much of it survives, up to 16 MiB; not while the program is loaded
 * (bin/load.js) and the gateway starts, when everything survives. Afterwards a gateway makes much garbage that dies at once, and
 * keeps little: then V8 collects many times a second what a larger one would never see; and for so few survivors waking four
 * threads costs more than it saves: together a seventh of the CPU of a call (`npm run bench`). What calls leave for a tenth of
 * a second, until the database has it, outlives the young generation; while the heap is small V8 would look through all of it
 * after each 5 MB of that. Once in the size of what lives is enough: another tenth, for some 20 MB.
 */
import { setFlagsFromString } from 'node:v8';

/** For commands that end by themselves, and `wrap`: as V8 has it. It reads these flags when it collects. */
export function tuneForCommands(): void {
  setFlagsFromString('--semi-space-growth-factor=2');
}

/** For calls, once the start is over. */
export function tuneForCalls(): void {
  setFlagsFromString('--semi-space-growth-factor=8');
  setFlagsFromString('--no-parallel-scavenge');
  setFlagsFromString('--heap-growing-percent=100');
}
