import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBinder, type SessionFacts } from './index.ts';

const facts: SessionFacts = {
  upstreamId: 'abc',
  version: '2025-11-25',
  clientName: 'client',
  clientVersion: undefined,
};
const key = randomBytes(32);

describe('session ids', () => {
  it('open for the server and grant that they were made for, also after a restart', () => {
    const id = createBinder(key).sealSession(facts, 'server', 'grant');
    expect(createBinder(key).openSession(id, 'server', 'grant')).toEqual(facts);
  });

  it.each([
    ['another grant', 'server', 'other'],
    ['another server', 'other', 'grant'],
  ])('do not open for %s', (_, server, grant) => {
    const binder = createBinder(key);
    expect(binder.openSession(binder.sealSession(facts, 'server', 'grant'), server, grant)).toBeUndefined();
  });

  it('do not open with another key, and cannot be moved between the two uses of the seal', () => {
    const binder = createBinder(key);
    const id = binder.sealSession(facts, 'server', 'grant');
    expect(createBinder(randomBytes(32)).openSession(id, 'server', 'grant')).toBeUndefined();
    const [payload = ''] = id.split('.');
    expect(
      binder.openSession(binder.sealState(payload, 'server', 'grant'), 'server', 'grant'),
    ).toBeUndefined();
  });

  it('do not open once a single character was changed', () => {
    const binder = createBinder(key);
    const id = binder.sealSession(facts, 'server', 'grant');
    fc.assert(
      fc.property(fc.nat(id.length - 1), fc.constantFrom('A', 'b', '9', '-', '_', '.'), (at, letter) => {
        const changed = id.slice(0, at) + letter + id.slice(at + 1);
        return changed === id || binder.openSession(changed, 'server', 'grant') === undefined;
      }),
    );
  });

  it('are visible ASCII, whatever the upstream and the client call themselves', () => {
    const binder = createBinder(key);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (upstreamId, clientName) => {
        const id = binder.sealSession({ ...facts, upstreamId, clientName }, 'server', 'grant');
        expect(id).toMatch(/^[\x21-\x7e]+$/);
        return binder.openSession(id, 'server', 'grant')?.upstreamId === upstreamId;
      }),
    );
  });
});

describe('request state', () => {
  it('comes back byte for byte for its own grant only', () => {
    const binder = createBinder(key);
    const sealed = binder.sealState('opaque.state', 'server', 'grant');
    expect(binder.openState(sealed, 'server', 'grant')).toBe('opaque.state');
    expect(binder.openState(sealed, 'server', 'other')).toBeUndefined();
    expect(binder.openState('opaque.state', 'server', 'grant')).toBeUndefined();
    expect(binder.openState('', 'server', 'grant')).toBeUndefined();
  });
});
