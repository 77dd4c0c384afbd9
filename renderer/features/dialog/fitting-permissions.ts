import type { Output } from '../../../preload/contract.ts';

type Found = Output<'permissions:find'>;

/** More than anybody reads; the list is that of a whole tenant. */
const most = 50;

/** Those in which every word stands, in any case: in the name of the API, of the permission, or in its value. */
export function fittingPermissions(found: Found, typed: string): Found {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ resource, value, displayName }: Found[number]) => {
    const text = `${resource} ${value} ${displayName}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
  return found.filter(fits).slice(0, most);
}

/** What is in the field with one more line; one that is there already is not written twice. */
export function withPermission(lines: string, permission: string): string {
  const there = lines.split('\n').map((line) => line.trim());
  return there.includes(permission) ? lines : [...there.filter((line) => line !== ''), permission].join('\n');
}
