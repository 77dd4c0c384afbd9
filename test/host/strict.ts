/** Asked for by promises, by the loader and by printing, of every object alike. */
const asked = new Set(['then', '__esModule', 'default', 'toJSON', 'module.exports']);

/**
 * An object of the stand-in that fails where it does not know what Electron knows, instead of answering `undefined`: a
 * member that is missing here would otherwise be found missing, or not be missed at all, on the day of real Electron.
 */
export function strict<T extends object>(name: string, known: T): T {
  return new Proxy(known, {
    get: (target, member) => {
      if (!(member in target)) {
        if (typeof member === 'symbol' || asked.has(member)) return undefined;
        throw new Error(`the stand-in for Electron does not know ${name}.${member}`);
      }
      const value: unknown = Reflect.get(target, member, target);
      // Bound to what has the private fields; a class of the module is itself.
      return typeof value === 'function' && name !== 'electron' ? value.bind(target) : value;
    },
    set: (target, member, value) => {
      if (!(member in target)) throw new Error(`the stand-in for Electron does not know ${name}.${String(member)}`);
      return Reflect.set(target, member, value, target);
    },
  });
}
