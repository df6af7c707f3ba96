export { classify } from './classify/plain.ts';
