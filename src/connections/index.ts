export { Connections, type ConnectionsOptions, type Returned, type Starter } from './connections.ts';
