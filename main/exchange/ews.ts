import { htmlEscape } from 'escape-goat';
import type { Clock } from '../clock.ts';
import { Fault } from '../faults.ts';
import {
  AnswerTooLarge,
  createRetryBudget,
  isForeignAnswer,
  networkFault,
  passingStatuses,
  readText,
  withTimeLimit,
  type Fetch,
  type Passing,
} from '../http/index.ts';
import type { ProbeOutcome, ProbeRefusal } from './outcome.ts';

const types = 'http://schemas.microsoft.com/exchange/services/2006/types';
const messages = 'http://schemas.microsoft.com/exchange/services/2006/messages';

/** Longest wait for one answer, and the largest one that is read; a count has a few hundred bytes. */
const limitMs = 30_000;
const largestAnswer = 256 * 1024;

/**
 * `GetFolder` of the inbox with nothing but its number of messages, as the mailbox itself: a token of an application has to impersonate
 * ("GetFolder operation", "ExchangeImpersonation"; exchange-web-services: "Authenticate an EWS application by using OAuth").
 */
const envelope = (mailbox: string): string =>
  [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:t="${types}" xmlns:m="${messages}">`,
    '<soap:Header><t:RequestServerVersion Version="Exchange2016"/>',
    `<t:ExchangeImpersonation><t:ConnectingSID><t:SmtpAddress>${htmlEscape(mailbox)}</t:SmtpAddress></t:ConnectingSID></t:ExchangeImpersonation>`,
    '</soap:Header><soap:Body><m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties>',
    '<t:FieldURI FieldURI="folder:TotalCount"/></t:AdditionalProperties></m:FolderShape>',
    '<m:FolderIds><t:DistinguishedFolderId Id="inbox"/></m:FolderIds></m:GetFolder></soap:Body></soap:Envelope>',
  ].join('');

export interface EwsQuestion {
  /** Of Exchange Online in the cloud. */
  readonly origin: string;
  readonly accessToken: string;
  readonly mailbox: string;
}

export interface EwsOptions {
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly signal?: AbortSignal;
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Text of the first element of this name, whatever its prefix. */
const elementText = (xml: string, name: string): string | null =>
  new RegExp(`<(?:[\\w.-]+:)?${name}(?:\\s[^>]*)?>([^<]*)</`).exec(xml)?.[1]?.trim() ?? null;

const refused = (why: ProbeRefusal, detail: string): ProbeOutcome => ({ allowed: false, why, detail });

/**
 * 403 with the reason in `X-EWS-Policy-Reason` ("Control access to EWS in Exchange", "Understand HTTP 403 responses in Exchange Online":
 * the two values; 403 alone does not say that EWS is off).
 */
function forbidden(headers: Headers): ProbeOutcome {
  const reason = headers.get('x-ews-policy-reason');
  if (reason === null) return refused('refused', 'HTTP 403');
  if (/\bdisabled\b/i.test(reason)) return refused('disabled', reason);
  return refused(/\bblocked by policy\b/i.test(reason) ? 'not-allowed' : 'refused', reason);
}

/** 401 with the reason in `x-ms-diagnostics`: 2000008 is a token without permissions. */
function unauthenticated(headers: Headers): ProbeOutcome {
  const diagnostics = headers.get('x-ms-diagnostics') ?? 'HTTP 401';
  return refused(/^2000008\b/.test(diagnostics) ? 'no-permission' : 'refused', diagnostics);
}

/** Codes of "ResponseCode" that mean what is asked about. */
const codes: Readonly<Record<string, ProbeRefusal>> = {
  ErrorAccessDenied: 'out-of-scope',
  ErrorImpersonateUserDenied: 'out-of-scope',
  ErrorNonExistentMailbox: 'no-mailbox',
  ErrorMailboxNotFound: 'no-mailbox',
};

/** What an answer says; null for one that is no answer of this service. */
function read({ status, headers, text }: Answer): ProbeOutcome | null {
  if (status === 401) return unauthenticated(headers);
  if (status === 403) return forbidden(headers);
  const code = elementText(text, 'ResponseCode');
  if (code === null) return null;
  const count = elementText(text, 'TotalCount');
  if (status === 200 && code === 'NoError') return count === null ? null : { allowed: true, messages: Number(count) };
  const message = elementText(text, 'MessageText') ?? elementText(text, 'Message') ?? elementText(text, 'faultstring') ?? '';
  return refused(codes[code] ?? 'refused', message === '' ? code : `${code}: ${message}`);
}

const isProxyPage = ({ headers, text }: Answer): boolean =>
  isForeignAnswer(headers.get('content-type'), text) && !/<(?:[\w.-]+:)?Envelope\b/.test(text);

async function ask({ origin, accessToken, mailbox }: EwsQuestion, { fetch, signal }: EwsOptions): Promise<Answer> {
  const address = `${origin}/EWS/Exchange.asmx`;
  try {
    return await withTimeLimit(limitMs, signal, async (ending) => {
      const response = await fetch(address, {
        method: 'POST',
        headers: { 'content-type': 'text/xml; charset=utf-8', authorization: `Bearer ${accessToken}`, 'x-anchormailbox': mailbox },
        body: envelope(mailbox),
        signal: ending,
      });
      return { status: response.status, headers: response.headers, text: await readText(response, largestAnswer) };
    });
  } catch (error) {
    if (signal?.aborted === true) throw error instanceof Fault ? error : new Fault('interrupted', { cause: error });
    const { host } = new URL(address);
    if (error instanceof AnswerTooLarge) throw new Fault('service.failed', { params: { host, detail: error.message }, cause: error });
    throw networkFault(error, host);
  }
}

/**
 * Counts the messages in the inbox of one mailbox over EWS.
 *
 * @throws Fault of kind `unreachable` where nothing was decided; Fault('interrupted')
 */
export async function countByEws(question: EwsQuestion, options: EwsOptions): Promise<ProbeOutcome> {
  const { host } = new URL(question.origin);
  const budget = createRetryBudget(options.clock, options.signal);
  for (;;) {
    const answer = await ask(question, options);
    const { status } = answer;
    if (isProxyPage(answer) && status < 500) throw new Fault('service.proxy-answered', { params: { host } });
    const outcome = read(answer);
    if (outcome !== null) return outcome;
    const passing: Passing | null = status === 429 ? 'throttled' : passingStatuses.has(status) ? 'failed' : null;
    if (passing === null || !(await budget.again(passing, answer.headers.get('retry-after'))))
      throw new Fault(status === 429 ? 'service.throttled' : 'service.failed', {
        params: { host, detail: `HTTP ${status}`, number: `HTTP ${status}` },
      });
  }
}
