import type { Script } from 'node:vm';

export function load(entry: string, compiled?: Map<string, Script>): unknown;
export function compile(path: string): Script;
export function cachePath(path: string): string;
export function cacheOf(path: string, script: Script): Buffer;
