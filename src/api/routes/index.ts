/** Every route under /api/v1. A literal path stands before one with a parameter in its place. */
import type { Route } from '../contract.ts';
import { classifyRoutes } from './classify.ts';
import { decisionRoutes } from './decisions.ts';
import { evaluateRoutes } from './evaluate.ts';
import { eventRoutes } from './events.ts';
import { grantRoutes } from './grants.ts';
import { policyRoutes } from './policies.ts';
import { policyCheckRoutes } from './policy-checks.ts';
import { serverRoutes } from './servers.ts';
import { toolRoutes } from './tools.ts';

export const ROUTES: readonly Route[] = [
  ...serverRoutes,
  ...toolRoutes,
  ...policyCheckRoutes,
  ...policyRoutes,
  ...grantRoutes,
  ...decisionRoutes,
  ...eventRoutes,
  ...evaluateRoutes,
  ...classifyRoutes,
];
