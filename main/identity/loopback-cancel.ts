import { request } from 'node:http';

/**
 * Ends MSAL's wait for the browser. `acquireTokenInteractive` has no cancel and no time-out, but its loopback server
 * takes an OAuth error response (RFC 6749 §4.1.2.1, form_post) from anybody who knows the state of the request.
 * Sent past every proxy, to 127.0.0.1 only.
 */
export function cancelAtLoopback(authorizeAddress: string): Promise<void> {
  const { searchParams } = new URL(authorizeAddress);
  const port = Number(new URL(searchParams.get('redirect_uri') ?? '').port);
  const body = new URLSearchParams({
    error: 'access_denied',
    error_description: 'cancelled',
    state: searchParams.get('state') ?? '',
  }).toString();
  return new Promise((resolve) => {
    const post = request(
      {
        host: '127.0.0.1',
        port,
        method: 'POST',
        path: '/',
        agent: false,
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body), connection: 'close' },
      },
      (response) => {
        response.resume();
        response.on('end', resolve).on('error', () => resolve());
      },
    );
    post.on('error', () => resolve()); // the server is gone: MSAL is no longer waiting
    post.end(body);
  });
}
