import { createContext, use } from 'react';
import type { AppFacts } from '../../preload/contract.ts';

export const FactsContext = createContext<AppFacts | null>(null);

/** Language, practice, profiles, version: what main says about the running application. */
export function useFacts(): AppFacts {
  const facts = use(FactsContext);
  if (facts === null) throw new Error('facts are asked for outside the application');
  return facts;
}
