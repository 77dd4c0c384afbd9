/**
 * Claims of a JSON Web Token without verifying it (RFC 7519), for display and comparison only: access tokens are meant
 * for their resource, and only the resource decides about them. Empty when the token cannot be read.
 */
export function decodeClaims(token: string): Readonly<Record<string, unknown>> {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    return typeof claims === 'object' && claims !== null ? { ...claims } : {};
  } catch {
    return {};
  }
}

export function textClaim(claims: Readonly<Record<string, unknown>>, name: string): string {
  const value = claims[name];
  return typeof value === 'string' ? value : '';
}

export function listClaim(claims: Readonly<Record<string, unknown>>, name: string): string[] {
  const value = claims[name];
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}
