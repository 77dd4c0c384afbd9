import { runProgram } from '../child-process.ts';
import type { Figure, FigureGroup } from '../figure.ts';
import { startPracticeTenants } from '../practice-tenants.ts';
import type { Measured, MigrationMeasured, MigrationSetup } from '../programs/migration.ts';

/** Before Microsoft begins to block EWS, so that each probe has something to count. */
const day = '2026-09-01';

const times = 5;

function figuresOf(name: string, { requests, ms, bareMs }: Measured, baseline: string): Figure[] {
  return [
    { name: `${name}: requests`, value: requests, unit: 'requests', goal: null, baseline: { name: 'one', value: 1 } },
    { name: `${name}: time`, value: ms, unit: 'ms', goal: null, baseline: { name: baseline, value: bareMs } },
  ];
}

/** One move from EWS to Microsoft Graph, and each probe of a mailbox. */
export async function migration(): Promise<FigureGroup> {
  const practice = await startPracticeTenants({ exchangeDay: day });
  try {
    const origin = practice.description.graph;
    const { move, ews, graph, imap } = await runProgram<MigrationMeasured>('migration.ts', { origin, times } satisfies MigrationSetup);
    const bare = ({ requests }: Measured) => (requests === 1 ? 'a bare round trip' : `${requests} bare round trips, one after another`);
    return {
      title: 'One move from EWS to Microsoft Graph, and each probe of a mailbox',
      how: `A practice tenant; medians of ${times}. The move is plan, grant, handover and the last step, with two sign-ins and a proof after each. A probe has its token already.`,
      figures: [
        ...figuresOf('move', move, bare(move)),
        ...figuresOf('EWS', ews, bare(ews)),
        ...figuresOf('Microsoft Graph', graph, bare(graph)),
        // Over IMAP there is one connection and no HTTP request.
        ...figuresOf('IMAP', imap, 'a bare TLS connection').slice(1),
      ],
    };
  } finally {
    await practice.stop();
  }
}
