/**
 * The part of the Fetch standard that the engine uses: global `fetch`, Electron's `net.fetch` and the transport of the
 * practice tenant all have it.
 */
export type Fetch = (address: string, init?: RequestInit) => Promise<Response>;
