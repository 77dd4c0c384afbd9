import { connect } from '../../main/registration/operations/connect.ts';
import { benchDesk, connectRequest } from './desk.ts';
import { longestStall, median, milliseconds } from './event-loop.ts';
import { practiceProcess } from './practice-process.ts';
import type { Figure } from './figure.ts';

const rounds = 3;

/** Requests of one connect in a small and in a large tenant. */
export async function requestsOfConnect(): Promise<Figure[]> {
  const figures: Figure[] = [];
  let baseline: number | undefined;
  for (const principals of [20, 2000]) {
    const practice = await practiceProcess('--principals', String(principals));
    const desk = await benchDesk(practice.origin);
    const { requests } = await connect(desk.services.engine, connectRequest('bench', 2048), desk.run(null));
    baseline ??= requests.graph;
    figures.push(
      { name: `Graph requests of a connect, ${principals} service principals`, value: requests.graph, unit: '', baseline: { name: '20 service principals', value: baseline }, goal: 12 },
      { name: `of them one after the other, ${principals} service principals`, value: requests.sequential, unit: '', goal: 6 },
    );
    await desk.close();
    await practice.stop();
  }
  return figures;
}

/** Stalls of the event loop while one tenant is connected; the first connect of a process pays for loading everything. */
export async function stallsOfConnect(): Promise<Figure[]> {
  const practice = await practiceProcess();
  const desk = await benchDesk(practice.origin);
  const figures: Figure[] = [];
  const first = await longestStall(() => connect(desk.services.engine, connectRequest('first', 3072), desk.run(null)));
  figures.push({ name: 'longest stall, first connect of a process, RSA 3072', value: first, unit: 'ms', goal: 50 });
  for (const size of [3072, 4096] as const) {
    const stalls: number[] = [];
    for (let round = 0; round < rounds; round += 1) stalls.push(await longestStall(() => connect(desk.services.engine, connectRequest(`${size} ${round}`, size), desk.run(null))));
    figures.push({ name: `longest stall of a connect, RSA ${size}, worst of ${rounds}`, value: Math.max(...stalls), unit: 'ms', baseline: { name: 'first connect', value: first }, goal: 50 });
  }
  await desk.close();
  await practice.stop();
  return figures;
}

/** Time of a connect against as many bare round trips to the same server. */
export async function timeOfConnect(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const latency of [0, 50]) {
    const practice = await practiceProcess('--latency', String(latency));
    const desk = await benchDesk(practice.origin);
    let requests = 0;
    const times: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      times.push(
        await milliseconds(async () => {
          const report = await connect(desk.services.engine, connectRequest(`time ${round}`, 2048), desk.run(null));
          requests = report.requests.sequential + report.requests.identity;
        }),
      );
    }
    const bare = await milliseconds(async () => {
      for (let index = 0; index < requests; index += 1) await (await fetch(`${practice.origin}/v1.0/organization`)).text();
    });
    figures.push({ name: `connect, ${latency} ms latency, RSA 2048, median of ${rounds}`, value: median(times), unit: 'ms', baseline: { name: `${requests} bare round trips`, value: bare } });
    await desk.close();
    await practice.stop();
  }
  return figures;
}
