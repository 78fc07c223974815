import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { listenError, type Listener } from './listen-error.ts';

/** Makes a server listen and resolves with its port. Throws GATELOG_LISTEN_PORT_IN_USE, GATELOG_LISTEN_FAILED. */
export async function listen(server: Server, listener: Listener): Promise<number> {
  try {
    server.listen({ host: listener.host, port: listener.port });
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  } catch (error) {
    throw listenError(error, listener) ?? error;
  }
}
