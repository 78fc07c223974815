/** Why the engine cannot start or a password cannot be set, for programs (`code`) and for people (`message`). */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly code: EngineErrorCode;

  constructor(code: EngineErrorCode, message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options);
    this.code = code;
  }
}

export type EngineErrorCode =
  | 'ENGINE_PASSWORD_INVALID'
  | 'ENGINE_DATA_NOT_FOUND'
  | 'ENGINE_DATA_UNWRITABLE'
  | 'ENGINE_SECURITY_DAMAGED'
  | 'ENGINE_LOCKED'
  | 'ENGINE_UNREADABLE';
