import { describe, expect, it } from 'vitest';
import { kindOf, namedStreams } from '../../main/practice/random.ts';

describe('chance', () => {
  it('is the same for the same seed and name, in whichever order others ask meanwhile', () => {
    const [alone, beside] = [namedStreams(1), namedStreams(1)];
    const own = [1, 2, 3].map(() => alone('a'));
    const others = [1, 2, 3].map(() => [beside('b'), beside('a'), beside('c')]);
    expect(others.map(([, a]) => a)).toEqual(own);
    expect(new Set([...own, ...others.flat()]).size).toBe(9);
    expect(namedStreams(2)('a')).not.toBe(own[0]);
  });

  it('is one for all requests of a kind, whatever their ids, and for tokens of one resource', () => {
    const request = (method: string, path: string, body?: unknown) =>
      kindOf({ method, path, query: new URLSearchParams(), headers: {}, body });
    const [one, other] = ['d3ccbb4d-01b7-4b8c-b83f-f4b3d8b26a53', '903203C8-2A2F-4DDF-9B2F-097F84C5E48F'];
    expect(request('GET', `/v1.0/applications/${one}`)).toBe(request('GET', `/v1.0/applications/${other}`));
    expect(request('GET', `/v1.0/applications/${one}`)).not.toBe(request('PATCH', `/v1.0/applications/${one}`));
    expect(request('GET', `/v1.0/applications/${one}`)).not.toBe(request('GET', `/v1.0/servicePrincipals/${one}`));
    const token = (scope: string) => request('POST', `/${one}/oauth2/v2.0/token`, { scope });
    expect(token('https://graph.microsoft.com/.default')).not.toBe(token('https://outlook.office365.com/.default'));
  });
});
