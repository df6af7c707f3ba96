import { describe, expect, it } from 'vitest';
import { addressPolicy, bearerToken, checkHostAndOrigin } from './index.ts';

const policy = addressPolicy('https://gateway.example.com', '127.0.0.1');

describe('Host and Origin', () => {
  it.each([
    ['gateway.example.com', undefined],
    ['gateway.example.com:8080', 'https://gateway.example.com'],
    ['localhost:8080', 'http://localhost:3000'],
    ['127.0.0.1:8080', undefined],
    ['[::1]:8080', 'http://[::1]:8080'],
  ])('%s with Origin %s is served', (host, origin) => {
    expect(() => checkHostAndOrigin(policy, host, origin)).not.toThrow();
  });

  it.each([
    ['evil.example.com', undefined, 'PC_HOST_FORBIDDEN'],
    ['gateway.example.com.evil.com', undefined, 'PC_HOST_FORBIDDEN'],
    ['evil.com#gateway.example.com', undefined, 'PC_HOST_FORBIDDEN'],
    ['user@gateway.example.com', undefined, 'PC_HOST_FORBIDDEN'],
    [undefined, undefined, 'PC_HOST_FORBIDDEN'],
    ['', undefined, 'PC_HOST_FORBIDDEN'],
    ['localhost', 'http://evil.example.com', 'PC_ORIGIN_FORBIDDEN'],
    ['localhost', 'null', 'PC_ORIGIN_FORBIDDEN'],
    ['localhost', 'http://gateway.example.com', 'PC_ORIGIN_FORBIDDEN'],
    ['localhost', 'http://localhost.evil.com', 'PC_ORIGIN_FORBIDDEN'],
    ['localhost', 'file://localhost', 'PC_ORIGIN_FORBIDDEN'],
  ])('%s with Origin %s is refused', (host, origin, code) => {
    expect(() => checkHostAndOrigin(policy, host, origin)).toThrow(expect.objectContaining({ code }));
  });
});

describe('bearer tokens', () => {
  it.each([
    ['Bearer abc', 'abc'],
    ['bearer abc', 'abc'],
    ['Bearer  abc ', 'abc'],
    ['Basic abc', undefined],
    ['Bearer', undefined],
    ['Bearer ', undefined],
    ['Bearer a b', undefined],
    ['Bearer a, Bearer b', undefined],
    [undefined, undefined],
    [`Bearer ${'a'.repeat(5000)}`, undefined],
  ])('%s → %s', (header, token) => {
    expect(bearerToken(header)).toBe(token);
  });
});
