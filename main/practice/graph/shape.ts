import { isProperties, type Properties } from './call.ts';
import { badRequest, invalidValue, notUnderstood } from './refusal.ts';

/**
 * What a property may hold: a primitive, a collection (`[shape]`) or a complex type. Primitives and complex values may be
 * null, collections may not (Microsoft Graph resource pages: "Not nullable").
 */
export type Shape = 'text' | 'flag' | 'number' | 'guid' | readonly [Shape] | ComplexShape;
export interface ComplexShape {
  readonly [property: string]: Shape;
}

export const guidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

function isCollection(shape: Shape): shape is readonly [Shape] {
  return Array.isArray(shape);
}

/**
 * Every property of a body is one that the type has, and holds what it may hold.
 *
 * @throws Refusal 400
 */
export function requireShape(body: Properties, shape: ComplexShape, resource: string, path = ''): void {
  for (const [name, value] of Object.entries(body)) {
    if (name === '@odata.type') continue;
    const expected = shape[name];
    if (expected === undefined) throw badRequest(`Property '${name}' does not exist as a declared property or extension property.`);
    requireValue(value, expected, resource, path === '' ? name : `${path}/${name}`);
  }
}

function requireValue(value: unknown, shape: Shape, resource: string, path: string): void {
  if (isCollection(shape)) {
    if (!Array.isArray(value)) throw notUnderstood(`A collection was expected for the property '${path}', but another value was found.`);
    for (const item of value) {
      if (item === null) throw invalidValue(path, resource);
      requireValue(item, shape[0], resource, path);
    }
    return;
  }
  if (value === null) return;
  if (typeof shape === 'object') {
    if (!isProperties(value)) throw notUnderstood(`A complex value was expected for the property '${path}', but another value was found.`);
    requireShape(value, shape, resource, path);
    return;
  }
  if (!holdsPrimitive(value, shape)) throw invalidValue(path, resource);
}

function holdsPrimitive(value: unknown, shape: 'text' | 'flag' | 'number' | 'guid'): boolean {
  if (shape === 'flag') return typeof value === 'boolean';
  if (shape === 'number') return Number.isInteger(value);
  return typeof value === 'string' && (shape === 'text' || guidPattern.test(value));
}

/**
 * PATCH: what the body does not name stays; complex values are merged; collections are replaced as a whole
 * (Microsoft Graph, "Update application": properties not included keep their values).
 */
export function patched<T extends object>(stored: T, body: Properties): T {
  const next = { ...stored };
  for (const [name, value] of Object.entries(body)) {
    if (name === '@odata.type') continue;
    const before: unknown = Reflect.get(stored, name);
    Reflect.set(next, name, isProperties(value) && isProperties(before) ? patched(before, value) : structuredClone(value));
  }
  return next;
}
