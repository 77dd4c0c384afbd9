import { Fault } from '../../faults.ts';
import type { AdministratorSession, DeviceCodeSignIn, Identity, SignInRequest } from '../../identity/session.ts';
import type { CodeInstead } from '../code-instead.ts';

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
