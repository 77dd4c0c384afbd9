export { checkAnnotation } from './annotation.ts';
export type { FieldCheck } from './field-check.ts';
export { checkFqdn } from './fqdn.ts';
export { checkAppName, checkClientId, checkName, checkTenant } from './names.ts';
export { checkKeySize, checkPort, checkValidMonths, defaultPort } from './numbers.ts';
export type { KeySize } from './numbers.ts';
export { buildRedirectUri, checkRedirectUri, checkServerAddress } from './redirect-uri.ts';
export { checkLifetime } from './lifetime.ts';
export { checkUntil } from './until.ts';
