import type { Judgement, Level, Outcome, RequestFacts, Verdict } from './event.ts';
import { writeMessage } from './message.ts';
import type { Permission } from './policy.ts';

/** What the severity rule looks at. Of a foreign log, `method`, `status` and `path` are enough. */
export interface JudgedRequest extends RequestFacts {
  /** What the policy says of this method on this page; absent when no policy speaks of the page. */
  permission?: Permission | undefined;
  /**
   * Whether the server has something at this address.
   * @default true when there is a route or a permission, or when the status is not 404
   */
  known?: boolean | undefined;
  /** The handler threw, whatever was answered. @default false */
  failed?: boolean | undefined;
}

const LEVELS: Record<Verdict, Level> = {
  authorized: 'info',
  tolerated: 'warning',
  unknown: 'warning',
  refused: 'error',
  failed: 'error',
};

/**
 * Severity by authorisation. Info: authorised. Warning: unauthorised but let through, or nothing is there. Error:
 * refused (401, 403, 405), or the server failed (5xx).
 */
export function judge(request: JudgedRequest): Judgement {
  const verdict = reachVerdict(request);
  return {
    level: LEVELS[verdict],
    verdict,
    outcome: reachOutcome(verdict, request.status),
    message: writeMessage(verdict, request),
  };
}

function reachVerdict({ status, permission, route, known, failed }: JudgedRequest): Verdict {
  if (permission === 'refuse') return 'refused';
  if (failed === true || (status !== undefined && status >= 500)) return 'failed';
  if (status === 401 || status === 403 || status === 405) return 'refused';
  if (permission === 'warn') return 'tolerated';
  const somethingThere = known ?? (route !== undefined || permission !== undefined || status !== 404);
  return somethingThere ? 'authorized' : 'unknown';
}

function reachOutcome(verdict: Verdict, status: number | undefined): Outcome {
  if (verdict !== 'authorized' && verdict !== 'tolerated') return 'failure';
  if (status === undefined) return 'unknown';
  return status < 400 ? 'success' : 'failure';
}
