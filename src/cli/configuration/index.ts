export { applyConfiguration, describePlan } from './apply.ts';
export { configurationPath, followConfiguration } from './follow-configuration.ts';
export { planConfiguration, type Plan } from './plan.ts';
export { readConfiguration } from './read-configuration.ts';
export type { Configuration, ConfiguredGrant, ConfiguredPolicy, ConfiguredServer } from './types.ts';
