import { isForeignAnswer } from '../http/index.ts';
import { serviceText } from '../log/index.ts';
import { GraphFailure, type GraphFailureKind } from './directory.ts';

/** What an answer of Microsoft Graph is validated by. Part of a `$batch` or a whole response. */
export interface GraphAnswer {
  readonly status: number;
  readonly contentType: string | null;
  readonly text: string;
  /** Header `request-id`. */
  readonly requestId: string;
  /** Header `Date`. */
  readonly date?: string | null;
}

interface GraphErrorBody {
  readonly code: string;
  readonly message: string;
  readonly details: GraphFailure['details'];
  readonly requestId: string;
}

const text = (value: unknown): string => (typeof value === 'string' ? serviceText(value) : '');
const fields = (value: unknown): Readonly<Record<string, unknown>> => (typeof value === 'object' && value !== null ? { ...value } : {});

function parseError(body: string): GraphErrorBody {
  let error: Readonly<Record<string, unknown>> = {};
  try {
    error = fields(fields(JSON.parse(body))['error']);
  } catch {
    // no JSON: told by the status alone
  }
  const details = Array.isArray(error['details']) ? error['details'].map(fields) : [];
  return {
    code: text(error['code']),
    message: text(error['message']),
    details: details.map((detail) => ({ code: text(detail['code']), message: text(detail['message']), target: text(detail['target']) })),
    requestId: text(fields(error['innerError'])['request-id']),
  };
}

type Rule = (status: number, codes: readonly string[], message: string) => boolean;

/** First that applies. Codes and texts are those that Graph gives for the calls made here, seen in public issue reports where undocumented. */
const rules: readonly (readonly [GraphFailureKind, Rule])[] = [
  ['throttled', (status) => status === 429],
  ['unauthenticated', (status) => status === 401],
  ['uncertain', (status, codes) => (status >= 500 && status !== 501) || status === 412 || codes.includes('Directory_ConcurrencyViolation')],
  ['policy', (_, codes) => codes.some((code) => /AsPer(?:App)?Policy|TrustedCertificateAuthority/i.test(code))],
  ['expired-key-refused', (_, codes) => codes.includes('KeyCredentialsInvalidEndDate')],
  [
    'not-replicated',
    (status, codes) => codes.includes('NoBackingApplicationObject') || (status === 404 && codes.includes('Directory_ObjectNotFound')),
  ],
  [
    'not-replicated',
    (status, _, message) =>
      (status === 400 &&
        /does not reference a valid application object|was not found on application|specified resourceId was not found/i.test(message)) ||
      (status === 403 && /must (?:be )?in the local tenant/i.test(message)),
  ],
  ['already-there', (status, codes) => status === 409 || codes.includes('Request_MultipleObjectsWithSameKeyValue')],
  ['already-there', (status, _, message) => status === 400 && /being assigned already exists|already exist/i.test(message)],
  ['not-found', (status) => status === 404],
  ['forbidden', (status) => status === 403],
];

/** The failure that an answer outside 2xx stands for. */
export function failureOfAnswer(answer: GraphAnswer): GraphFailure {
  const { status } = answer;
  const error = parseError(answer.text);
  const requestId = answer.requestId || error.requestId;
  const told = Date.parse(answer.date ?? '');
  const serverTime = Number.isNaN(told) ? null : new Date(told);
  if (status < 500 && status !== 429 && error.code === '' && isForeignAnswer(answer.contentType, answer.text)) {
    return new GraphFailure('not-graph', {
      status,
      code: 'not-graph',
      message: `HTTP ${status}, ${answer.contentType ?? 'no content type'}`,
      requestId,
    });
  }
  const codes = [...error.details.map((detail) => detail.code), error.code];
  const messages = [...error.details.map((detail) => detail.message), error.message].join('\n');
  const kind = rules.find(([, applies]) => applies(status, codes, messages))?.[0] ?? 'invalid';
  return new GraphFailure(kind, {
    status,
    code: error.code || `HTTP ${status}`,
    message: error.message || `HTTP ${status}`,
    details: error.details,
    requestId,
    serverTime,
  });
}
