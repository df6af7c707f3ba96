/** A target with a mistake behind five doors, each a block of its own: by chance alone it is found once in 10^12 inputs. */
import type { Target } from './target.ts';

export const stepByStep: Target = {
  name: 'step-by-step',
  sources: /step-by-step/,
  seeds: ['x'],
  tokens: ['a', 'b'],
  check: (input) => {
    const [first, second, third, fourth, fifth] = input.toString('latin1');
    if (first !== 'p') return;
    if (second !== '0') return;
    if (third !== 'r') return;
    if (fourth !== 't') return;
    if (fifth === '!') throw new Error('the fifth door is open');
  },
};
