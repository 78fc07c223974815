export { describeApi, type ApiDescription } from './describe-api.ts';
export { ElasticError } from './errors.ts';
export type { DamagedIndex, Engine, Index, IndexStatistics } from './index/engine.ts';
export type { Logger } from './rest/server.ts';
export { EngineError, type EngineErrorCode } from './security/engine-error.ts';
export { resetPassword, type ResetPasswordOptions } from './security/reset-password.ts';
export { startEngine, type RunningEngine, type StartEngineOptions } from './start-engine.ts';
