/**
 * Preloaded into a gateway: connections to the hosts of STAND_IN_HOSTS go to STAND_IN_PORT on this machine. Names,
 * certificates and all code of the gateway stay as they are; the stand-ins' authority comes by NODE_EXTRA_CA_CERTS.
 */
import tls from 'node:tls';

const hosts = new Set((process.env.STAND_IN_HOSTS ?? '').split(' '));
const port = Number(process.env.STAND_IN_PORT);
const { connect } = tls;

tls.connect = (options, ...rest) =>
  hosts.has(options?.host)
    ? connect({ ...options, servername: options.host, host: '127.0.0.1', port }, ...rest)
    : connect(options, ...rest);
