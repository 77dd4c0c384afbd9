import { protocol } from 'electron';
import { answer, fileTable, scheme } from './served-files.ts';

/** Before Electron is ready. `codeCache` lets V8 keep compiled scripts, which it never does for `file:`. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }]);
}

/** Once Electron is ready. @param directory the built renderer */
export function serveScheme(directory: string): void {
  const table = fileTable(directory);
  protocol.handle(scheme, (request) => answer(request, table));
}
