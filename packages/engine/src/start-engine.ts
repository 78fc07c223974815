import type { Engine } from './index/engine.ts';
import { DirectoryLockedError } from './directory/directory.ts';
import { openEngine } from './index/open-engine.ts';
import { createMapping } from './mapping/mapping.ts';
import type { Logger } from './rest/server.ts';
import { startServer, type RunningServer, type StartServerOptions } from './rest/start-server.ts';
import { EngineError } from './security/engine-error.ts';
import { checkPassword } from './security/password.ts';
import { makePrivateFolder } from './security/private-file.ts';

export interface StartEngineOptions extends StartServerOptions {
  /** Bytes to keep of what is read from disk, and a quarter of it for writes before they become a segment. @default 256 MB */
  readonly memory?: number;
}

export interface RunningEngine extends RunningServer {
  /** The indices themselves, for whoever runs in the same process. */
  readonly engine: Engine;
}

/**
 * Opens the data folder, which is made when it is not there, and answers Elasticsearch's REST API.
 * Errors carry a `code`: EADDRINUSE, EACCES … from listening; ENGINE_LOCKED, another engine has the folder; ENGINE_UNREADABLE, it
 * cannot be opened; ENGINE_SECURITY_DAMAGED; ENGINE_PASSWORD_INVALID. A damaged index stops nothing: it is named in `engine.damaged`.
 */
export async function startEngine(options: StartEngineOptions): Promise<RunningEngine> {
  // Before anything is written: a wrong option must leave no half-made folder.
  if (options.password !== undefined) checkPassword(options.password);
  const engine = await open(options);
  try {
    const server = await startServer(engine, options);
    const watch = reportProblems(engine, options.logger);
    const close = async (): Promise<void> => {
      clearInterval(watch);
      await server.close();
      await engine.close();
    };
    return { ...server, engine, close };
  } catch (error) {
    await engine.close();
    throw error;
  }
}

/** What background work fails at, such as a flush to a full disk, is told once when it begins. */
function reportProblems(engine: Engine, logger: Logger = () => undefined): NodeJS.Timeout {
  for (const { name, reason } of engine.damaged) logger('error', `index [${name}] is damaged: ${reason}`);
  let known: readonly string[] = [];
  return setInterval(() => {
    const problems = engine.problems();
    for (const problem of problems) if (!known.includes(problem)) logger('error', problem);
    known = problems;
  }, 5_000).unref();
}

async function open({ data, memory }: StartEngineOptions): Promise<Engine> {
  try {
    // The lock is taken here, so that of two first starts at once only one makes a password.
    await makePrivateFolder(data);
    const limits = memory === undefined ? undefined : { cacheBytes: memory, limits: { memoryBytes: memory / 4 } };
    return await openEngine({ directory: data, createMapping, ...limits });
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new EngineError(cause instanceof DirectoryLockedError ? 'ENGINE_LOCKED' : 'ENGINE_UNREADABLE', message, {
      cause,
    });
  }
}
