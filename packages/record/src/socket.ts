import type { Socket } from 'node:net';

const watchers = new WeakMap<Socket, Set<() => void>>();

/**
 * Calls back when a connection ends; the function returned stops it. An answer that still waits behind another one on
 * its connection gets no `close` of its own when the connection is lost. One listener serves all of a connection's
 * requests, of which a client may send thousands at once.
 */
export function onConnectionLost(socket: Socket, callback: () => void): () => void {
  const known = watchers.get(socket);
  const callbacks = known ?? new Set();
  if (known === undefined) {
    watchers.set(socket, callbacks);
    socket.once('close', () => {
      for (const waiting of callbacks) waiting();
    });
  }
  callbacks.add(callback);
  return () => callbacks.delete(callback);
}
