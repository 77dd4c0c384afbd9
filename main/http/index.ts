/**
 * Requests on their way: the guard that gives tokens to the hosts of the chosen cloud alone, time limits, the budget of retries,
 * the server’s time, and the network’s own faults. It knows no endpoint; identity and directory do.
 */
export { createRequestCounter, type RequestCounter, type RequestCounts } from './counter.ts';
export type { Fetch } from './fetch.ts';
export { guardedFetch } from './guard.ts';
export { isForeignAnswer, networkFault } from './network-fault.ts';
export { createNodeFetch } from './node-fetch.ts';
export { AnswerTooLarge, readText } from './read-text.ts';
export { createRetryBudget, passingStatuses, type Passing, type RetryBudget } from './retry-budget.ts';
export { createServerTime, type ServerTime } from './server-time.ts';
export { TimedOut, withTimeLimit } from './time-limit.ts';
