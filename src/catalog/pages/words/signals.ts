/** Traits beside the class, in words. */
import type { Signal } from '../../types.ts';

interface SignalWords {
  readonly label: string;
  /** A sentence about what it means, after the parameter's name has been said. */
  readonly danger: string;
  /** What stands in evidence lines: what the words point to. */
  readonly points: string;
}

export const SIGNAL_WORDS: Readonly<Record<Signal, SignalWords>> = {
  'accepts-code': {
    label: 'Takes program code',
    danger:
      'A program can read, write and send whatever its machine can, so the reach of one call is the reach of that machine.',
    points: 'program code comes in here',
  },
  'accepts-sql': {
    label: 'Takes SQL or a query',
    danger: 'A statement that reads and one that drops a table come through the same parameter.',
    points: 'a query comes in here',
  },
  'accepts-shell': {
    label: 'Takes shell commands',
    danger:
      'A shell line can chain programs, reach the network and write files, whatever the first word promises.',
    points: 'a command line comes in here',
  },
  'accepts-url': {
    label: 'Takes a URL',
    danger:
      'An address of the caller’s choice lets it reach inner networks, and lets data leave inside the address itself.',
    points: 'an address to contact comes in here',
  },
  'accepts-path': {
    label: 'Takes a file path',
    danger: 'A path that nobody bounds leads out of the folder that was meant, to keys and configuration.',
    points: 'a place in a file system comes in here',
  },
  'accepts-credential': {
    label: 'Takes a credential',
    danger: 'A secret that passes through a model’s context can be repeated in any later answer or log.',
    points: 'a secret comes in here',
  },
  'accepts-html': {
    label: 'Takes HTML or a template',
    danger: 'Markup from an agent is shown or sent under your name, scripts and hidden images included.',
    points: 'markup comes in here',
  },
  bulk: {
    label: 'Acts on many things at once',
    danger: 'One call reaches many targets, so a limit on the number of calls alone does not bound the harm.',
    points: 'one call reaches many targets',
  },
  'sends-data-out': {
    label: 'Sends data out',
    danger: 'What the agent has read elsewhere can leave through it.',
    points: 'something leaves through it',
  },
  'costs-money': {
    label: 'Costs money',
    danger: 'Every call adds to a bill, a loop of calls without end.',
    points: 'a call is paid for',
  },
};

/** A label within a sentence. */
export const lowered = (label: string): string => label[0]!.toLowerCase() + label.slice(1);
