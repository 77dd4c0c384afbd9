import { Fault } from '../../faults.ts';
import type { AdministratorSession, DeviceCode, DeviceCodeSignIn, Identity, SignInRequest } from '../../identity/session.ts';

export type { DeviceCode } from '../../identity/session.ts';

/** A code that is typed on another device, in the place of the browser on this one (RFC 8628). */
export interface CodeInstead {
  /** Aborted when a code is wanted: from the start, or while the browser is waited for. */
  readonly wanted: AbortSignal;
  /** Called with every code: once for the sign-in, and again when more has to be agreed to. */
  readonly show: (code: DeviceCode) => void;
}

const unopened = (error: unknown) => error instanceof Fault && error.code === 'sign-in.browser-failed';

/**
 * Signs in through the browser, or with a code where the person asks for one or no browser opens. Whoever has signed in
 * is no longer asked: a code that is wanted later changes nothing.
 *
 * @throws Fault as `Identity.signIn`
 */
export async function signInByBrowserOrCode(
  identity: Identity & DeviceCodeSignIn,
  request: SignInRequest,
  code: CodeInstead | undefined,
): Promise<AdministratorSession> {
  if (code === undefined) return identity.signIn(request);
  const { openBrowser: _openBrowser, loginHint: _loginHint, ...asked } = request;
  const withCode = () => identity.signInWithDeviceCode({ ...asked, showCode: code.show });
  if (code.wanted.aborted) return withCode();
  // The session keeps its signal for later questions, so it must not be the one of the wish.
  const browser = new AbortController();
  const endBrowser = () => browser.abort();
  code.wanted.addEventListener('abort', endBrowser, { once: true });
  try {
    const signal = request.signal === undefined ? browser.signal : AbortSignal.any([request.signal, browser.signal]);
    return await identity.signIn({ ...request, signal });
  } catch (error) {
    if (request.signal?.aborted === true || !(code.wanted.aborted || unopened(error))) throw error;
    return withCode();
  } finally {
    code.wanted.removeEventListener('abort', endBrowser);
  }
}
