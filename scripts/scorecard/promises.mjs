/** What the gateway promises, in one line each; docs/architecture.md says how. */
export const PROMISES = [
  [1, 'Verdict parity', 'the same call, the same verdict, whatever the era, transport, encoding or path'],
  [2, 'Unparseable is refused', 'what could be read in two ways reaches no server'],
  [3, 'Transparent otherwise', 'what is not judged passes untouched, byte for byte'],
  [4, 'Nothing leaks', 'no credential crosses the gateway in either direction'],
  [5, 'Denials teach', 'the model reads the rule, the reason and when to try again'],
  [6, 'Fail closed, and prove it', 'no decision without policy, counters and log; intents are durable first'],
  [
    7,
    'No invented outcomes',
    'no call is repeated; a lost answer is recorded as unknown, and an identical call asks first',
  ],
  [8, 'Streams live', 'nothing is buffered, dead ends are told, disconnects mean what the era says'],
  [9, 'Revocation bites', 'a change acts on the next message and cuts open streams'],
];

/** Known gaps: what no suite shows, and why. */
export const NOT_COVERED = [
  'macOS and Windows: every suite runs on Linux.',
  'A client whose network swallows packets: what is sent to it is written until the system gives the connection up.',
  'The harmless call of 23 of the 38 real servers is of a tool that they do not have, because their own need an account.',
  'MCPSEC itself (a Rust program); of its attack classes three have no cases of ours, each with the reason why.',
];
