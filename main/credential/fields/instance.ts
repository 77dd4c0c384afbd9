import { hasInstances, type Server } from '../../servers/index.ts';
import { refused, type FieldCheck } from './field-check.ts';

/** It becomes part of an address. Which ids a maker allows is not documented, so what any address can carry is taken. */
const form = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/**
 * The instance of a server software that holds several; capital letters count, because Microsoft compares addresses by them.
 *
 * @returns null for a software without instances
 */
export function checkInstance(server: Pick<Server, 'redirectUri'>, typed: string): FieldCheck<string | null> {
  if (!hasInstances(server)) return { ok: true, value: null };
  const value = typed.trim();
  if (value === '') return refused('input.instance.missing');
  return form.test(value) ? { ok: true, value } : refused('input.instance.invalid', { value: typed });
}
