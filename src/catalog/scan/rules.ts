/** Every rule of a scan: what it finds, how bad that usually is, what to do. Ids are stable; reports and docs/scan.md use them. */
import type { ScanSeverity } from './types.ts';

export interface Rule {
  readonly title: string;
  /** The usual severity; a check may raise or lower it. */
  readonly severity: ScanSeverity;
  readonly remedy: string;
}

const rule = (severity: ScanSeverity, title: string, remedy: string): Rule => ({ severity, title, remedy });

const READ_IT = 'Read the whole definition; do not connect the server until its author explains it.';
const PIN = 'Name an exact version, and change it only after reading what changed.';
const REVIEW = 'Read the change; if it is meant, write the lock file anew with --update-lock.';

export const RULES = {
  'hidden-instruction': rule('high', 'A definition gives the model orders', READ_IT),
  concealment: rule('high', 'A definition asks the model to hide something from the user', READ_IT),
  'secret-reference': rule('high', 'A definition points the model at secrets', READ_IT),
  'exfiltration-parameter': rule(
    'medium',
    'A parameter collects what the tool does not need',
    'Deny the parameter by policy ({"path": "args.NAME", "op": "absent"} under require), or remove the tool.',
  ),
  'tool-preference': rule(
    'medium',
    'A definition claims precedence over other tools',
    'Hide the tool by policy if the claim is not one that you want.',
  ),
  'cross-tool-reference': rule(
    'medium',
    "A definition speaks of another server's tool",
    'Connect the two servers to different agents, or hide the tool that refers to the other.',
  ),
  'encoded-text': rule('medium', 'A definition holds encoded text', READ_IT),
  'invisible-text': rule('medium', 'A definition holds characters that are not seen', READ_IT),
  'control-character': rule('medium', 'A definition holds control characters', READ_IT),
  'terminal-escape': rule('high', 'A definition holds terminal escape sequences', READ_IT),
  'look-alike-name': rule(
    'high',
    'A tool has a name that looks like that of another',
    'Decide which of the two is meant and hide the other by policy.',
  ),
  'mixed-script-name': rule('high', 'A name mixes letters of several scripts', READ_IT),
  'shadowed-name': rule(
    'low',
    'Two servers have a tool of the same name',
    'Make sure that the client tells them apart by server, or hide one of the two.',
  ),
  'duplicate-name': rule(
    'medium',
    'A server lists two tools of one name',
    'Ask the author; which one runs is open.',
  ),
  'overlong-definition': rule(
    'medium',
    'A definition is longer than anybody reads',
    'Read it to its end, or hide the tool by policy.',
  ),
  'unreadable-definition': rule(
    'high',
    'A definition is read differently by different programs',
    'Do not connect the server: duplicate members or broken text hide what a tool is.',
  ),
  'not-scanned': rule('medium', 'The server was not examined', 'Mend what is said and scan again.'),
  'unreadable-configuration': rule(
    'medium',
    'A part of the configuration was not understood',
    'Correct the file; what was not understood was not examined.',
  ),
  'known-malicious-package': rule(
    'critical',
    'The package is known to be malicious',
    'Remove it, and renew every secret that it could see.',
  ),
  'known-vulnerable-package': rule(
    'high',
    'The package has a known vulnerability',
    'Use a version that mends it.',
  ),
  'unpinned-package': rule('medium', 'The package that runs is whichever is newest', PIN),
  'piped-download': rule('critical', 'The command runs what it downloads', PIN),
  'shell-command': rule(
    'medium',
    'The server is started through a shell',
    'Name the program and its arguments directly.',
  ),
  'unsafe-variable': rule(
    'high',
    'A variable loads foreign code or turns off a protection',
    'Remove the variable.',
  ),
  'secret-in-configuration': rule(
    'high',
    'The configuration holds a secret',
    'Renew it, and name a variable or an input of the client instead of the value.',
  ),
  'secret-in-url': rule(
    'high',
    'A URL holds a secret',
    'Renew it, and send it in a header that the client fills in from a variable.',
  ),
  'plain-http': rule('high', 'The server is reached without encryption', 'Use https.'),
  'drift-added': rule('high', 'Something was added since the lock file was written', REVIEW),
  'drift-removed': rule('high', 'Something is gone since the lock file was written', REVIEW),
  'drift-changed': rule('high', 'A definition changed since the lock file was written', REVIEW),
  'drift-version': rule('low', 'The server has another version than in the lock file', REVIEW),
} as const satisfies Record<string, Rule>;

export type RuleId = keyof typeof RULES;
