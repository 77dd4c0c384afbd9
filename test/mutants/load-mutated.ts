import { join } from 'node:path';

/**
 * Loads what is mutated before any test runs. What a test alone loads, because the program reads it on demand, is computed while a
 * mutant is at work: in a thread that is kept, the next forty would then have it too, and mutants of what is computed there would
 * never be at work where the module is loaded already.
 */
const mutated = (process.env['TENANT_KEYRING_MUTATED'] ?? '').split('\n').filter((path) => path !== '');

await Promise.all(mutated.map((path) => import(join(process.cwd(), path))));
