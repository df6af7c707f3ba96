/** Sequences of words that say what happens, wherever in the text they stand. `*` is any one word. */
import type { ToolClass } from '../../../policy/index.ts';
import type { Signal } from '../../types.ts';

export interface Phrase {
  readonly words: string;
  readonly says: ToolClass | Signal;
  readonly weight: number;
}

export const PHRASES: readonly Phrase[] = [
  { words: 'cannot be undone', says: 'Destructive', weight: 0.55 },
  { words: 'can not be undone', says: 'Destructive', weight: 0.55 },
  { words: "can't be undone", says: 'Destructive', weight: 0.55 },
  { words: 'cannot be reversed', says: 'Destructive', weight: 0.45 },
  { words: 'cannot be recovered', says: 'Destructive', weight: 0.45 },
  { words: 'is irreversible', says: 'Destructive', weight: 0.5 },
  { words: 'irreversible action', says: 'Destructive', weight: 0.5 },
  { words: 'irreversible operation', says: 'Destructive', weight: 0.5 },
  { words: 'irreversibly', says: 'Destructive', weight: 0.45 },
  { words: 'permanently delete', says: 'Destructive', weight: 0.55 },
  { words: 'permanently deletes', says: 'Destructive', weight: 0.6 },
  { words: 'permanently remove', says: 'Destructive', weight: 0.5 },
  { words: 'permanently removes', says: 'Destructive', weight: 0.6 },
  { words: 'permanently destroys', says: 'Destructive', weight: 0.6 },
  { words: 'permanently erases', says: 'Destructive', weight: 0.6 },
  { words: 'destructive operation', says: 'Destructive', weight: 0.35 },
  { words: 'destructive action', says: 'Destructive', weight: 0.35 },
  { words: 'will be deleted', says: 'Destructive', weight: 0.3 },
  { words: 'this will delete', says: 'Destructive', weight: 0.55 },
  { words: 'this deletes', says: 'Destructive', weight: 0.55 },
  { words: 'all data will be lost', says: 'Destructive', weight: 0.5 },

  { words: 'release payment', says: 'Financial', weight: 0.6 },
  { words: 'release * payment', says: 'Financial', weight: 0.6 },
  { words: 'releases payment', says: 'Financial', weight: 0.6 },
  { words: 'releases * payment', says: 'Financial', weight: 0.6 },
  { words: 'charges the customer', says: 'Financial', weight: 0.6 },
  { words: 'charge the customer', says: 'Financial', weight: 0.55 },
  { words: 'collect payment', says: 'Financial', weight: 0.5 },
  { words: 'moves real money', says: 'Financial', weight: 0.6 },
  { words: 'real money', says: 'Financial', weight: 0.35 },
  { words: 'real funds', says: 'Financial', weight: 0.35 },
  { words: 'spends real', says: 'Financial', weight: 0.5 },
  { words: 'paid automatically', says: 'Financial', weight: 0.35 },
  { words: 'trading order', says: 'Financial', weight: 0.45 },
  { words: 'buy order', says: 'Financial', weight: 0.4 },
  { words: 'market order', says: 'Financial', weight: 0.4 },
  { words: 'limit order', says: 'Financial', weight: 0.3 },

  { words: 'arbitrary code', says: 'Execute', weight: 0.5 },
  { words: 'arbitrary python', says: 'Execute', weight: 0.5 },
  { words: 'arbitrary javascript', says: 'Execute', weight: 0.5 },
  { words: 'arbitrary commands', says: 'Execute', weight: 0.5 },
  { words: 'arbitrary shell', says: 'Execute', weight: 0.5 },
  { words: 'shell command', says: 'Execute', weight: 0.35 },
  { words: 'shell commands', says: 'Execute', weight: 0.35 },
  { words: 'bash command', says: 'Execute', weight: 0.4 },
  { words: 'deploys it', says: 'Execute', weight: 0.45 },
  { words: 'mouse and keyboard', says: 'Execute', weight: 0.5 },
  { words: 'keyboard and mouse', says: 'Execute', weight: 0.5 },

  { words: 'billed', says: 'costs-money', weight: 0.4 },
  { words: 'incur charges', says: 'costs-money', weight: 0.7 },
  { words: 'incurs charges', says: 'costs-money', weight: 0.7 },
  { words: 'incur costs', says: 'costs-money', weight: 0.7 },
  { words: 'incurs costs', says: 'costs-money', weight: 0.7 },
  { words: 'incur a cost', says: 'costs-money', weight: 0.7 },
  { words: 'costs money', says: 'costs-money', weight: 0.8 },
  { words: 'cost warning', says: 'costs-money', weight: 0.7 },
  { words: 'consumes credits', says: 'costs-money', weight: 0.8 },
  { words: 'uses credits', says: 'costs-money', weight: 0.7 },
  { words: 'costs * credit', says: 'costs-money', weight: 0.8 },
  { words: 'costs * credits', says: 'costs-money', weight: 0.8 },
  { words: 'paid via', says: 'costs-money', weight: 0.6 },
  { words: 'per call', says: 'costs-money', weight: 0.3 },
  { words: 'real money', says: 'costs-money', weight: 0.8 },
];
