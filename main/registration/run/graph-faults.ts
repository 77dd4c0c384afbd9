import { graphFault, GraphFailure, type GraphFaultContext } from '../../directory/index.ts';

/**
 * Does work in a tenant, and says what stopped it in the words of its step: the one place where what Graph refused becomes what
 * the administrator is told.
 *
 * @throws Fault in the place of every GraphFailure; everything else as it is
 */
export async function inTenant<T>(context: GraphFaultContext, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof GraphFailure ? graphFault(error, context) : error;
  }
}
