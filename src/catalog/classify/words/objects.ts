/** Pairs of verb and object whose class differs from the verb's own. First match wins. */
import type { ToolClass } from '../../../policy/index.ts';

export interface ObjectRule {
  readonly verbs: string;
  /** Any of them near the verb; `*` for none needed. */
  readonly objects: string;
  readonly says: ToolClass;
}

export const OBJECT_RULES: readonly ObjectRule[] = [
  // Looking, whatever the verb sounds like
  { verbs: 'take capture make grab generate', objects: 'screenshot snapshot', says: 'Read' },
  {
    verbs: 'run execute perform do make issue start',
    objects: 'search lookup aggregation report',
    says: 'Read',
  },
  { verbs: 'test', objects: 'connection connectivity auth credential', says: 'Read' },
  { verbs: 'generate create draft', objects: 'locator summary suggestion', says: 'Read' },
  { verbs: 'open', objects: 'file document note', says: 'Read' },
  { verbs: 'build', objects: 'query url link', says: 'Read' },
  { verbs: 'check', objects: 'in', says: 'Write' },
  { verbs: 'download', objects: 'import install asset model template dependency package', says: 'Write' },

  { verbs: 'send', objects: 'prompt question', says: 'Read' },

  // Taken off a list, and as easily put back
  { verbs: 'empty clear purge', objects: 'basket cart', says: 'Destructive' },
  {
    verbs: 'remove delete clear unlink',
    objects:
      'basket cart reaction favorite favourite bookmark watchlist wishlist star pin like upvote filter selection ' +
      'highlight formatting breakpoint emoji background',
    says: 'Write',
  },
  { verbs: 'remove unlink', objects: 'label tag assignee follower watcher playlist', says: 'Write' },
  { verbs: 'withdraw', objects: 'offer application consent request invitation proposal', says: 'Write' },
  {
    verbs: 'clear reset',
    objects: 'input field text format style view camera zoom password selection',
    says: 'Write',
  },
  { verbs: 'drop', objects: 'drag element target', says: 'Execute' },
  { verbs: 'revert discard undo', objects: 'uncommitted working', says: 'Destructive' },
  { verbs: 'format', objects: 'disk drive partition volume', says: 'Destructive' },
  { verbs: 'reset', objects: 'hard', says: 'Destructive' },

  // Starting and steering
  {
    verbs: 'cancel kill terminate',
    objects:
      'run job build prediction training render workflow pipeline task execution deployment operation query process command session',
    says: 'Execute',
  },
  { verbs: 'merge', objects: 'pull pr request branch mr', says: 'Execute' },
  { verbs: 'approve reject', objects: 'deployment workflow run', says: 'Execute' },
  {
    verbs: 'generate create make synthesize synthesise edit',
    objects: 'video audio music speech 3d voiceover song',
    says: 'Execute',
  },
  { verbs: 'generate', objects: 'image model picture photo', says: 'Execute' },
  {
    verbs: 'send submit',
    objects: 'key keystroke keys command input signal request keyboard form http',
    says: 'Execute',
  },
  { verbs: 'make', objects: 'call request api', says: 'Execute' },
  { verbs: 'move', objects: 'mouse cursor pointer robot arm', says: 'Execute' },
  {
    verbs: 'activate focus maximize minimize resize close switch open',
    objects: 'window browser tab viewport page',
    says: 'Execute',
  },
  { verbs: 'open', objects: 'app application url website browser', says: 'Execute' },
  { verbs: 'upload', objects: 'browser element', says: 'Execute' },
  { verbs: 'select', objects: 'option dropdown', says: 'Execute' },
  { verbs: 'handle', objects: 'dialog alert popup', says: 'Execute' },
  { verbs: 'go', objects: 'back forward', says: 'Execute' },
  { verbs: 'press hold release', objects: 'key button mouse', says: 'Execute' },
  {
    verbs: 'ensure resume pause suspend activate enable disable wake',
    objects: 'running computer vm machine instance server container cluster node pod device',
    says: 'Execute',
  },
  { verbs: 'perform operate control', objects: 'action mouse keyboard gesture', says: 'Execute' },
  { verbs: 'ask call phone notify', objects: 'phone voice call', says: 'Execute' },
  {
    verbs: 'evaluate',
    objects: 'script javascript js expression code page browser console',
    says: 'Execute',
  },
  { verbs: 'query', objects: 'sql database', says: 'Execute' },
  { verbs: 'apply', objects: 'migration manifest terraform', says: 'Execute' },

  // Ended for good
  { verbs: 'cancel', objects: 'subscription', says: 'Financial' },
  {
    verbs: 'cancel',
    objects: 'order booking reservation appointment ticket event meeting',
    says: 'Destructive',
  },
  { verbs: 'terminate', objects: '*', says: 'Destructive' },
  { verbs: 'kill', objects: '*', says: 'Execute' },
  { verbs: 'clean', objects: '*', says: 'Destructive' },
  { verbs: 'force', objects: 'push', says: 'Destructive' },

  // Money
  {
    verbs: 'book reserve',
    objects: 'flight hotel trip travel experience ride stay pay room',
    says: 'Financial',
  },
  { verbs: 'place', objects: 'order trade bet', says: 'Financial' },
  { verbs: 'create submit execute market limit', objects: 'trading', says: 'Financial' },
  {
    verbs: 'send',
    objects: 'transaction token coin sats money fund usdc usdt eth btc sol bitcoin crypto wire',
    says: 'Financial',
  },
  {
    verbs: 'transfer',
    objects: 'issue ownership repository repo owner call ticket file page domain',
    says: 'Write',
  },
  { verbs: 'update change upgrade downgrade create', objects: 'billing', says: 'Financial' },
];
