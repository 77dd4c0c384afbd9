import { Fault } from '../faults.ts';
import { serviceText } from '../log/index.ts';

const causesOf = function* (error: unknown): Generator<Error> {
  let current = error;
  for (let depth = 0; current instanceof Error && depth < 8; depth += 1) {
    yield current;
    if (current instanceof AggregateError) yield* causesOf(current.errors[0]);
    current = current.cause;
  }
};

/** Innermost message that says something: `fetch failed` alone helps nobody. Addresses in it may carry codes. */
function detailOf(error: unknown): string {
  const messages = [...causesOf(error)].map((cause) => cause.message).filter((message) => message !== '');
  return serviceText(messages.at(-1) ?? String(error));
}

const certificateProblem =
  /^(?:CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY)|INVALID_(?:CA|PURPOSE)$|PATH_LENGTH|HOSTNAME_MISMATCH|ERR_TLS_CERT|ERR_CERT_)|net::ERR_CERT/;
const proxyProblem = /HTTP Tunneling|ERR_TUNNEL_CONNECTION_FAILED|ERR_PROXY|redirect/i;

/**
 * What a rejected `fetch` means for the person: Node gives `TypeError: fetch failed` with a system error as cause
 * (undici), Chromium gives `net::ERR_…`.
 */
export function networkFault(error: unknown, host: string): Fault {
  if (error instanceof Fault) return error;
  const causes = [...causesOf(error)];
  const marks = causes.flatMap((cause) => ['code' in cause ? String(cause.code) : '', cause.message]);
  const params = { host, detail: detailOf(error) };
  if (marks.some((mark) => certificateProblem.test(mark))) return new Fault('service.certificate-refused', { params, cause: error });
  if (marks.some((mark) => proxyProblem.test(mark))) return new Fault('service.proxy-refused', { params, cause: error });
  return new Fault('service.unreachable', { params, cause: error });
}

/** True for an answer that Microsoft's services do not give to these calls: a page of a proxy or of a hotel's Wi-Fi. */
export function isForeignAnswer(contentType: string | null, text: string): boolean {
  if (text.trim() === '') return false;
  if (contentType !== null && /\bjson\b/i.test(contentType)) return false;
  return /html|xml|text\/plain/i.test(contentType ?? '') || /^\s*</.test(text);
}
