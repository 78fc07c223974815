export type { AccessEvent, Judgement, Level, Outcome, RequestFacts, Verdict } from './event.ts';
export { toDocument, type AccessDocument, type AccessDocumentValue } from './document.ts';
export { fromDocument } from './read-document.ts';
export { judge, type JudgedRequest } from './judge.ts';
export {
  compilePolicy,
  type PageRule,
  type Permission,
  type Policy,
  type PolicyDecision,
  type PolicyFunction,
  type PolicyTable,
} from './policy.ts';
export type { Format } from './formats/format.ts';
export { formatClassic } from './formats/classic.ts';
export { parseClassic, splitClassic, type ClassicParts } from './formats/parse-classic.ts';
export { formatEcs, parseEcs } from './formats/ecs.ts';
export { escapeLine, escapeToken } from './escape.ts';
export { recorder, type Recorder, type RecorderStats } from './recorder.ts';
export type { RecorderOptions } from './options.ts';
export type { ClientIpOptions, TrustProxy } from './client-ip.ts';
export type { Exchange, ExchangeView, RouteMatch } from './exchange.ts';
export { redactUrl, secretNames, type SecretName } from './redact.ts';
export { readTarget, type Target } from './target.ts';
