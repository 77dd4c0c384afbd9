import { expect, test } from 'vitest';
import { GraphFailure, graphFault } from '../../../main/directory/index.ts';
import { failureOfAnswer } from '../../../main/directory/graph-failure.ts';

const answer = (status: number, code: string, message = '', details: readonly { code: string; message: string }[] = []) =>
  failureOfAnswer({
    status,
    contentType: 'application/json',
    requestId: '',
    text: JSON.stringify({ error: { code, message, details, innerError: { 'request-id': 'r-1' } } }),
  });

test.each([
  ['not-found', 'registration.application-missing', answer(404, 'Request_ResourceNotFound')],
  [
    'not-replicated',
    'registration.not-yet-replicated',
    answer(404, 'Directory_ObjectNotFound', 'Unable to read the company information from the directory.'),
  ],
  [
    'not-replicated',
    'registration.not-yet-replicated',
    answer(400, 'Request_BadRequest', 'bad', [
      { code: 'NoBackingApplicationObject', message: 'The appId does not reference a valid application object.' },
    ]),
  ],
  [
    'not-replicated',
    'registration.not-yet-replicated',
    answer(400, 'Request_BadRequest', 'Permission being assigned was not found on application'),
  ],
  [
    'not-replicated',
    'registration.not-yet-replicated',
    answer(
      403,
      'Authorization_RequestDenied',
      'When using this permission, the backing application of the service principal being created must in the local tenant',
    ),
  ],
  ['already-there', 'registration.interfered', answer(400, 'Request_BadRequest', 'Permission being assigned already exists on the object')],
  ['already-there', 'registration.interfered', answer(409, 'Request_MultipleObjectsWithSameKeyValue', 'already in use')],
  [
    'forbidden',
    'registration.not-permitted',
    answer(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.'),
  ],
  [
    'policy',
    'registration.policy-refused',
    answer(400, 'CredentialInvalidLifetimeAsPerAppPolicy', 'x', [{ code: 'InvalidKeyEndDate', message: 'too long' }]),
  ],
  ['policy', 'registration.policy-refused', answer(400, 'CredentialTypeNotAllowedAsPerAppPolicy', 'x')],
  [
    'policy',
    'registration.policy-refused',
    answer(400, 'CredentialNotAllowedAsPerAppPolicy', 'Certificate is not issued by a trusted certificate authority'),
  ],
  ['expired-key-refused', 'registration.foreign-key-refused', answer(400, 'KeyCredentialsInvalidEndDate', 'x')],
  ['invalid', 'service.refused', answer(400, 'Request_BadRequest', 'Invalid value specified for property')],
  ['forbidden', 'registration.quota-exceeded', answer(403, 'Directory_QuotaExceeded', 'quota')],
  ['unauthenticated', 'sign-in.expired', answer(401, 'InvalidAuthenticationToken')],
  ['throttled', 'service.throttled', answer(429, 'TooManyRequests')],
  ['uncertain', 'service.failed', answer(503, 'UnknownError')],
  ['uncertain', 'service.failed', answer(409, 'Directory_ConcurrencyViolation')],
  [
    'uncertain',
    'service.failed',
    failureOfAnswer({ status: 502, contentType: 'text/html', text: '<html>Bad Gateway</html>', requestId: '' }),
  ],
  [
    'not-graph',
    'service.proxy-answered',
    failureOfAnswer({ status: 403, contentType: 'text/html', text: '<html>Blocked</html>', requestId: '' }),
  ],
] as const)('%s, %s', (kind, code, failure) => {
  expect(failure.kind).toBe(kind);
  expect(graphFault(failure, { step: 'G10' }).code).toBe(code);
});

test('the fault carries Microsoft’s sentence and request id', () => {
  const fault = graphFault(
    answer(400, 'Request_BadRequest', 'One or more values are invalid', [{ code: 'InvalidValue', message: 'Invalid redirect URI' }]),
    { step: 'G10' },
  );
  expect(fault.params).toMatchObject({ step: 'G10', code: 'Request_BadRequest', detail: 'Invalid redirect URI', status: 400 });
  expect(fault.correlationId).toBe('r-1');
});

test('a dropped connection says why', () => {
  const failure = new GraphFailure('uncertain', { status: 0, code: 'TimedOut', message: 'no answer within 100 s' });
  expect(graphFault(failure, { step: 'verify' })).toMatchObject({
    code: 'service.unreachable',
    params: { detail: 'no answer within 100 s' },
  });
});
