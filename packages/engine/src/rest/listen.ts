import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import type { Server as SecureServer } from 'node:https';

/** Listens, and gives the port. @throws Error with Node's code: EADDRINUSE, EACCES, EADDRNOTAVAIL … */
export function listen(server: Server | SecureServer, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void => reject(explain(error, host, port));
    server.once('error', failed);
    server.listen(port, host, () => {
      server.off('error', failed);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** Takes no more connections, lets requests that are being answered finish for some seconds, and cuts what is left. */
export function closeServer(server: Server | SecureServer): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), 5_000);
    // A connection becomes idle when its last answer is out, and would then be kept for the next request.
    const idle = setInterval(() => server.closeIdleConnections(), 50);
    server.close(() => {
      clearTimeout(cut);
      clearInterval(idle);
      resolve();
    });
    server.closeIdleConnections();
  });
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const reasons: Record<string, string> = {
    EADDRINUSE: 'another program listens there',
    EACCES: 'this user may not listen there',
    EADDRNOTAVAIL: 'this machine has no such address',
  };
  const reason = reasons[error.code ?? ''] ?? error.message;
  return Object.assign(new Error(`cannot listen on ${host}:${port}: ${reason}`, { cause: error }), {
    code: error.code,
  });
}
