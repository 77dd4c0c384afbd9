/** A catalogue's texts that the list says, in pieces where they have arguments (`vite.config.ts`). */
declare module '*.json?first' {
  import type { Catalogue } from './bridge/catalogue.ts';

  const half: Catalogue;
  export default half;
}

/** The keys of the texts that are read later. */
declare module '*.json?keys' {
  const keys: readonly string[];
  export default keys;
}

/** Those texts, in the order of the keys. */
declare module '*.json?rest' {
  const half: readonly string[];
  export default half;
}
