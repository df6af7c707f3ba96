import type { Effect } from '../../policy/effect.ts';
import type { Tone } from '../../ui/badge.tsx';

export const EFFECT_LOOKS: Readonly<Record<Effect['kind'], { readonly tone: Tone; readonly text: string }>> =
  {
    allow: { tone: 'good', text: 'Allowed' },
    conditional: { tone: 'info', text: 'With rules' },
    ask: { tone: 'grave', text: 'Asks' },
    deny: { tone: 'bad', text: 'Denied' },
    hide: { tone: 'plain', text: 'Hidden' },
  };
