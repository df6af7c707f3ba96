export {
  Connections,
  type ConnectionsOptions,
  type ConnectionState,
  type Returned,
  type Starter,
} from './connections.ts';
