export {
  ATTEMPT_MS,
  Connections,
  type ConnectionsOptions,
  type ConnectionState,
  type Returned,
  type Starter,
} from './connections.ts';
