import type { Handlers } from '../router.ts';
import type { RequestContext } from './context.ts';

/** In words that are the same in every language: names of clouds and tenants, numbers; nothing where the policy's own name says it all. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'boolean' ? '' : String(value);
}

/** Requests about what this computer's administrators prescribe. */
export function createPolicyHandlers({ managed }: RequestContext): Pick<Handlers, 'policies:read'> {
  const inForce = managed.sources.filter(({ value }) => value !== false);
  return {
    'policies:read': () =>
      Promise.resolve({
        managed: inForce.map(({ policy, value, source }) => ({ policy, value: shown(value), source })),
        unknown: [...managed.unknown],
      }),
  };
}
