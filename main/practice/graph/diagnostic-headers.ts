import type { PracticeAnswer, PracticeRequest, World } from '../world.ts';

/** As Graph names the front end that answered; a support case asks for it together with the request id. */
const diagnostic = JSON.stringify({
  ServerInfo: { DataCenter: 'Practice', Slice: 'E', Ring: '1', ScaleUnit: '000', RoleInstance: 'PRACTICE' },
});

/**
 * Every answer, not errors alone, carries `request-id`, the caller's `client-request-id` and `x-ms-ags-diagnostic`
 * (Microsoft Graph, "Best practices for working with Microsoft Graph", "Improve reliability and performance": log
 * `request-id`; response headers in the reference examples).
 */
export function withDiagnosticHeaders(answer: PracticeAnswer, request: PracticeRequest, world: World): PracticeAnswer {
  const requestId = answer.headers?.['request-id'] ?? world.newId();
  return {
    ...answer,
    headers: {
      'request-id': requestId,
      'client-request-id': request.headers['client-request-id'] ?? requestId,
      'x-ms-ags-diagnostic': diagnostic,
      ...answer.headers,
    },
  };
}
