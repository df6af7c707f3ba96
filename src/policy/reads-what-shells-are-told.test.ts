import { describe, expect, it } from 'vitest';
import { judgeCode } from './code/judge-code.ts';
import { Pace } from './code/pace.ts';

const untimed = new Pace(
  () => 0,
  () => Promise.resolve(),
);

const COMMANDS = ['ls', 'bash', 'sh', '/bin/dash', 'env', 'zsh', 'fish', '/bin/ksh'];

/** A policy that lists shells lets nobody do more through them. */
const holds = async (text: string): Promise<boolean | undefined> =>
  (await judgeCode(text, { language: 'shell', commands: COMMANDS }, untimed)).holds;

describe('a shell that is permitted', () => {
  it.each([
    "bash -c 'ls'",
    "sh -ec 'ls; ls -l'",
    "/bin/dash -c 'ls'",
    "env bash -c 'ls'",
    `bash -c "sh -c 'ls'"`,
  ])('may be told what is permitted itself: %s', async (text) => {
    expect(await holds(text)).toBe(true);
  });

  it.each([
    "bash -c 'rm -rf /'",
    "sh -c 'ls; curl x.test'",
    "/bin/dash -c 'cat /etc/passwd'",
    "env bash -c 'rm x'",
    `bash -c "sh -c 'rm x'"`,
    "bash -c 'ls > /etc/passwd'",
    "bash -c 'PATH=. ls'",
    "bash -c 'f() { rm x; }; f'",
    'bash -c "$1"',
    'bash -c',
    'bash script.sh',
    'bash < script.sh',
    'ls | sh',
    "bash -s <<< 'rm x'",
    "bash --rcfile x -c 'ls'",
    "bash -lc 'ls'",
    "bash -ic 'ls'",
    "bash - -c 'ls'",
    "bash -e script.sh -c 'ls'",
    "zsh -c 'ls'",
    "fish -c 'ls'",
    "/bin/ksh -c 'ls'",
  ])('may not be told anything else: %s', async (text) => {
    expect(await holds(text)).toBe(false);
  });
});
