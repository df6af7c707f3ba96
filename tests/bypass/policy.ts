/** The policy that every way around tries to get past, and what may come through it. */
export const POLICY = {
  version: '1',
  default: 'deny',
  tools: {
    safe: {},
    guarded: { deny_if: [{ conditions: [{ path: 'args.mode', op: 'eq', value: 'danger' }] }] },
    bounded: { require: [{ conditions: [{ path: 'args.amount', op: 'lte', value: 100 }] }] },
  },
  resources: { default: 'deny', allow: ['open://*'] },
  prompts: { default: 'deny', allow: ['fine'] },
};
